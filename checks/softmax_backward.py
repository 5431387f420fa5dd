"""Is the gradient that of a whole row, and does it stay finite at ±1000?

The upstream gradient must be random: with equal numbers in a row the answer is 0, because a
row always sums to 1, and a wrong formula may well give 0 too.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "z"}

far_up = np.array([[1000.0, 999.0, 998.5], [997.5, 1000.0, -1000.0]])
far_apart = np.array([[1000.0, 999.5, 998.0], [-1000.0, -999.0, -1001.5], [0.3, -0.2, 1.1]])


def layer_case(name, rng, shape, **more):
    quantities = {"z": rng.normal(size=shape), "grad_output": rng.normal(size=shape)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("more rows than classes: a wrong axis shows", rng, (5, 3))
    yield layer_case("as many rows as classes: no keepdims still fits", rng, (4, 4))
    yield layer_case("one row of zeros: every class gets 1/C", rng, (1, 5), z=np.zeros((1, 5)))
    yield layer_case("one class: always 1, so the gradient is 0", rng, (3, 1))
    yield layer_case("logits at 1000: exp must not overflow", rng, (2, 3), z=far_up)
    yield layer_case("rows at 1000 and -1000: shift each by its own", rng, (3, 3), z=far_apart)
    yield layer_case(
        "64 rows of a transposed view: memory order is free",
        rng,
        (64, 3),
        z=rng.normal(size=(3, 64)).T,
    )
    yield layer_case(
        "a second batch: the first leaves no trace",
        rng,
        (3, 4),
        earlier_z=rng.normal(size=(3, 4)),
        earlier_grad=rng.normal(size=(3, 4)),
    )
    yield layer_case("backward asked twice: the cache stays whole", rng, (2, 5), ask_twice=True)
    yield layer_case(
        "two layers at once: a shared cache mixes them up",
        rng,
        (3, 2),
        neighbour_z=rng.normal(size=(3, 2)),
    )


def probe(learner, case):
    layer = learner.Softmax()
    yield "output", layer.forward(case.z)
    if "earlier_z" in case:  # the same layer serves another batch, then this one
        layer = learner.Softmax()
        layer.forward(case.earlier_z)
        layer.backward(case.earlier_grad)
        layer.forward(case.z)
    if "neighbour_z" in case:  # another layer goes forward before this one goes backward
        learner.Softmax().forward(case.neighbour_z)
    if "ask_twice" in case:
        layer.backward(case.grad_output)
    yield "grad_input", layer.backward(case.grad_output)
