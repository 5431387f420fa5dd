"""Are the three gradients of a linear layer right, in value, shape and sum?

Where sizes differ, most mistakes raise; where sizes agree, they fit and give wrong numbers.
So there are cases of both kinds. The batch is summed here; only the loss takes a mean.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "x", "grad_W": "W", "grad_b": "b"}


def batch(rng, sizes, scale=1.0):
    """x and grad_output for so many rows, inputs and outputs."""
    rows, inputs, outputs = sizes
    return scale * rng.normal(size=(rows, inputs)), scale * rng.normal(size=(rows, outputs))


def layer_case(name, rng, sizes, scale=1.0, **more):
    x, grad_output = batch(rng, sizes, scale)
    quantities = {
        "x": x,
        "W": scale * rng.normal(size=sizes[1:]),
        "b": scale * rng.normal(size=sizes[2]),
        "grad_output": grad_output,
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("every size differs: a wrong shape shows", rng, (4, 3, 5), parameters=True)
    yield layer_case("all sizes equal: a missing transpose still fits", rng, (3, 3, 3))
    yield layer_case("one row: here a mean passes for a sum", rng, (1, 4, 2))
    yield layer_case("one feature in, one out: axes of 1 stay axes", rng, (4, 1, 1))
    few = np.array([[0.0, 0.0], [1.5, -0.5], [0.0, 2.0]])
    name = "zeros: W = 0 stops grad_input, not grad_W"
    yield layer_case(name, rng, (3, 2, 4), x=few, W=np.zeros((2, 4)))
    yield layer_case(
        "transposed views: memory order does not matter",
        rng,
        (4, 3, 2),
        x=rng.normal(size=(3, 4)).T,
        W=rng.normal(size=(2, 3)).T,
        grad_output=rng.normal(size=(2, 4)).T,
    )
    yield layer_case("200 rows: the batch is summed, not averaged", rng, (200, 3, 2))
    yield layer_case("large numbers: nothing is cut off", rng, (3, 4, 2), scale=1e4)
    sizes = (3, 4, 2)
    name = "a second batch: the first leaves no trace"
    yield layer_case(name, rng, sizes, earlier=batch(rng, sizes))
    name = "another batch size: N may change between calls"
    yield layer_case(name, rng, sizes, earlier=batch(rng, (5, 4, 2)))
    name = "forward twice, backward once: the latest x counts"
    yield layer_case(name, rng, sizes, abandoned_x=rng.normal(size=(3, 4)))
    name = "two layers at once: what they share mixes them up"
    yield layer_case(name, rng, sizes, neighbour=batch(rng, sizes))


def layer_of(learner, case):
    layer = learner.Linear(*case.W.shape)
    layer.W, layer.b = case.W, case.b
    return layer


def probe(learner, case):
    layer, neighbour = layer_of(learner, case), None
    if "earlier" in case:  # the layer has been through another batch
        x, grad_output = case.earlier
        layer.forward(x)
        layer.backward(grad_output)
    if "abandoned_x" in case:
        layer.forward(case.abandoned_x)
    yield "output", layer.forward(case.x)
    if "neighbour" in case:  # another layer goes forward before this one goes backward
        x, grad_output = case.neighbour
        neighbour = layer_of(learner, case)
        neighbour.forward(x)
    yield "grad_input", layer.backward(case.grad_output)
    if neighbour is not None:  # and backward before the gradients of this one are read
        neighbour.backward(grad_output)
    yield "grad_W", layer.grad_W
    yield "grad_b", layer.grad_b
    if "parameters" in case:
        yield "W_afterwards", layer.W  # as they were: only an optimizer moves parameters
        yield "b_afterwards", layer.b
        new = learner.Linear(*case.W.shape)
        yield "new_W", 0 * new.W  # 0 *: the numbers are random, the shapes are not
        yield "new_b", 0 * new.b
