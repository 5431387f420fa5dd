"""Does the gradient pass where x was positive, and nowhere else?

Inputs keep a distance of 0.2 from the corner at 0, where no numerical derivative exists. Two
cases come closer on purpose, on the corner and right beside it: there the agreed derivatives are
compared, 0 at 0 and 1 at the smallest number above it.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "x"}


def off_the_corner(rng, shape):
    """Random numbers of both signs, none closer to 0 than 0.2."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2.0, size=shape)


def batch(rng, shape):
    """x and grad_output."""
    return off_the_corner(rng, shape), rng.normal(size=shape)


def layer_case(name, rng, shape, **more):
    x, grad_output = batch(rng, shape)
    return Case(name, **{"x": x, "grad_output": grad_output, **more})


def cases(rng):
    yield layer_case("both signs, random upstream", rng, (4, 3))
    zeros = np.array([[0.0, 1.5, -0.0], [-0.5, 0.0, 0.7]])
    yield layer_case("exactly 0 and -0.0: the derivative is 0", rng, (2, 3), x=zeros)
    tiny = np.array([[5e-324, 1e-12, 1e-8, 1e-3], [-5e-324, -1e-12, -1e-8, -1e-3]])
    yield layer_case("close to 0: whatever is above 0 passes", rng, (2, 4), x=tiny)
    large = np.array([[50.0, -50.0, 1e4], [-1e4, 2e3, 1e6]])
    upstream = 1e4 * off_the_corner(rng, (2, 3))
    name = "large numbers: nothing is cut off"
    yield layer_case(name, rng, (2, 3), x=large, grad_output=upstream)
    mixed = np.array([[1.2, -0.4, 0.8, -1.9, 0.3, 1.1]])
    downward = -rng.uniform(0.5, 1.5, size=(1, 6))
    name = "one row, upstream below 0: its sign is no mask"
    yield layer_case(name, rng, (1, 6), x=mixed, grad_output=downward)
    yield layer_case("one dimension: no batch axis to rely on", rng, (7,))
    yield layer_case("four dimensions: any shape will do", rng, (2, 3, 2, 2))
    name = "a square, transposed view: a turned mask still fits"
    yield layer_case(name, rng, (4, 4), x=off_the_corner(rng, (4, 4)).T)
    yield layer_case("200 rows of one feature: a large batch", rng, (200, 1))
    name = "a second batch: the first leaves no trace"
    yield layer_case(name, rng, (3, 4), earlier=batch(rng, (3, 4)))
    name = "another batch size: it may change between calls"
    yield layer_case(name, rng, (3, 4), earlier=batch(rng, (5, 4)))
    name = "forward twice, backward once: the latest x counts"
    yield layer_case(name, rng, (3, 4), abandoned_x=off_the_corner(rng, (3, 4)))
    name = "two layers at once: a shared cache mixes them up"
    yield layer_case(name, rng, (3, 2), neighbour_x=off_the_corner(rng, (3, 2)))


def probe(learner, case):
    layer = learner.ReLU()
    if "earlier" in case:  # the layer has been through another batch
        x, grad_output = case.earlier
        layer.forward(x)
        layer.backward(grad_output)
    if "abandoned_x" in case:
        layer.forward(case.abandoned_x)
    yield "output", layer.forward(case.x)
    if "neighbour_x" in case:  # another layer goes forward before this one goes backward
        learner.ReLU().forward(case.neighbour_x)
    yield "grad_input", layer.backward(case.grad_output)
