"""Is the gradient that of a whole row, and does it stay finite at ±1000?

The upstream gradient must be random: with equal numbers in a row the answer is 0, because a
row always sums to 1, and a wrong formula may well give 0 too.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "z"}

far_up = np.array([[1000.0, 999.0, 998.5], [997.5, 1000.0, -1000.0]])
far_apart = np.array([[1000.0, 999.5, 998.0], [-1000.0, -999.0, -1001.5], [0.3, -0.2, 1.1]])
far_within = np.array([[-1000.0, 1000.0, 999.0, -1000.0], [1000.0, -1000.0, -1000.0, -1000.0]])


def batch(rng, shape):
    """z and grad_output."""
    return rng.normal(size=shape), rng.normal(size=shape)


def layer_case(name, rng, shape, **more):
    z, grad_output = batch(rng, shape)
    return Case(name, **{"z": z, "grad_output": grad_output, **more})


def cases(rng):
    yield layer_case("more rows than classes: a wrong axis shows", rng, (5, 3))
    yield layer_case("as many rows as classes: no keepdims still fits", rng, (4, 4))
    yield layer_case("one row of zeros: every class gets 1/C", rng, (1, 5), z=np.zeros((1, 5)))
    yield layer_case("one class: always 1, so the gradient is 0", rng, (3, 1))
    yield layer_case("logits at 1000: exp must not overflow", rng, (2, 3), z=far_up)
    yield layer_case("rows at 1000 and -1000: shift each by its own", rng, (3, 3), z=far_apart)
    yield layer_case("±1000 in one row: only its maximum will do", rng, (2, 4), z=far_within)
    turned = rng.normal(size=(3, 200)).T
    yield layer_case("200 rows of a transposed view: any memory order", rng, (200, 3), z=turned)
    name = "a second batch: the first leaves no trace"
    yield layer_case(name, rng, (3, 4), earlier=batch(rng, (3, 4)))
    name = "another batch size: N may change between calls"
    yield layer_case(name, rng, (3, 4), earlier=batch(rng, (5, 4)))
    z, grad_output = batch(rng, (2, 5))
    name = "the same batch twice: the answer is the same"
    yield Case(name, z=z, grad_output=grad_output, earlier=(z, grad_output))
    name = "forward twice, backward once: the latest z counts"
    yield layer_case(name, rng, (3, 4), abandoned_z=rng.normal(size=(3, 4)))
    name = "two layers at once: a shared cache mixes them up"
    yield layer_case(name, rng, (3, 2), neighbour_z=rng.normal(size=(3, 2)))


def probe(learner, case):
    layer = learner.Softmax()
    if "earlier" in case:  # the layer has been through another batch
        z, grad_output = case.earlier
        layer.forward(z)
        layer.backward(grad_output)
    if "abandoned_z" in case:
        layer.forward(case.abandoned_z)
    yield "output", layer.forward(case.z)
    if "neighbour_z" in case:  # another layer goes forward before this one goes backward
        learner.Softmax().forward(case.neighbour_z)
    yield "grad_input", layer.backward(case.grad_output)
