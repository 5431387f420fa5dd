"""Does the gradient pass where x was positive, and nowhere else?

Inputs keep a distance of 0.2 from the corner at 0, where no numerical derivative exists. One
case sits on the corner on purpose: there the agreed derivative, 0, is compared.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "x"}


def off_the_corner(rng, shape):
    """Random numbers of both signs, none closer to 0 than 0.2."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2.0, size=shape)


def layer_case(name, rng, shape, **more):
    quantities = {"x": off_the_corner(rng, shape), "grad_output": rng.normal(size=shape)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("both signs, random upstream", rng, (4, 3))
    yield layer_case(
        "exactly 0 and -0.0: the derivative is 0",
        rng,
        (2, 3),
        x=np.array([[0.0, 1.5, -0.0], [-0.5, 0.0, 0.7]]),
    )
    yield layer_case(
        "one row, upstream below 0: its sign is no mask",
        rng,
        (1, 6),
        x=np.array([[1.2, -0.4, 0.8, -1.9, 0.3, 1.1]]),
        grad_output=-rng.uniform(0.5, 1.5, size=(1, 6)),
    )
    yield layer_case("one dimension: no batch axis to rely on", rng, (7,))
    yield layer_case("three dimensions: any shape will do", rng, (2, 3, 4))
    yield layer_case(
        "a square, transposed view: a turned mask still fits",
        rng,
        (4, 4),
        x=off_the_corner(rng, (4, 4)).T,
    )
    yield layer_case("64 rows of one feature: a large batch", rng, (64, 1))
    yield layer_case(
        "a second batch: the first leaves no trace",
        rng,
        (3, 4),
        earlier_x=off_the_corner(rng, (3, 4)),
        earlier_grad=rng.normal(size=(3, 4)),
    )
    yield layer_case(
        "two layers at once: a shared cache mixes them up",
        rng,
        (3, 2),
        neighbour_x=off_the_corner(rng, (3, 2)),
    )


def probe(learner, case):
    layer = learner.ReLU()
    yield "output", layer.forward(case.x)
    if "earlier_x" in case:  # the same layer serves another batch, then this one
        layer = learner.ReLU()
        layer.forward(case.earlier_x)
        layer.backward(case.earlier_grad)
        layer.forward(case.x)
    if "neighbour_x" in case:  # another layer goes forward before this one goes backward
        learner.ReLU().forward(case.neighbour_x)
    yield "grad_input", layer.backward(case.grad_output)
