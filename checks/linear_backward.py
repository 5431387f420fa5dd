"""Are the three gradients of a linear layer right, in value, shape and sum?

Where sizes differ, most mistakes raise; where sizes agree, they fit and give wrong numbers.
So there are cases of both kinds. The batch is summed here; only the loss takes a mean.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "x", "grad_W": "W", "grad_b": "b"}


def layer_case(name, rng, sizes, **more):
    rows, inputs, outputs = sizes
    quantities = {
        "x": rng.normal(size=(rows, inputs)),
        "W": rng.normal(size=(inputs, outputs)),
        "b": rng.normal(size=outputs),
        "grad_output": rng.normal(size=(rows, outputs)),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("every size differs: a wrong shape shows", rng, (4, 3, 5))
    yield layer_case("all sizes equal: a missing transpose still fits", rng, (3, 3, 3))
    yield layer_case("one row: here a mean passes for a sum", rng, (1, 4, 2))
    yield layer_case("one feature in, one out: axes of 1 stay axes", rng, (4, 1, 1))
    yield layer_case(
        "zeros: W = 0 stops grad_input, not grad_W",
        rng,
        (3, 2, 4),
        x=np.array([[0.0, 0.0], [1.5, -0.5], [0.0, 2.0]]),
        W=np.zeros((2, 4)),
    )
    yield layer_case(
        "transposed views: memory order does not matter",
        rng,
        (4, 3, 2),
        x=rng.normal(size=(3, 4)).T,
        W=rng.normal(size=(2, 3)).T,
        grad_output=rng.normal(size=(2, 4)).T,
    )
    yield layer_case("64 rows: the batch is summed, not averaged", rng, (64, 3, 2))
    yield layer_case(
        "a second batch: the first leaves no trace",
        rng,
        (3, 4, 2),
        earlier_x=rng.normal(size=(3, 4)),
        earlier_grad=rng.normal(size=(3, 2)),
    )
    yield layer_case(
        "two layers at once: a shared cache mixes them up",
        rng,
        (3, 2, 4),
        neighbour_x=rng.normal(size=(3, 2)),
    )


def layer_of(learner, case):
    layer = learner.Linear(*case.W.shape)
    layer.W, layer.b = case.W, case.b
    return layer


def probe(learner, case):
    layer = layer_of(learner, case)
    yield "output", layer.forward(case.x)
    if "earlier_x" in case:  # the same layer serves another batch, then this one
        layer = layer_of(learner, case)
        layer.forward(case.earlier_x)
        layer.backward(case.earlier_grad)
        layer.forward(case.x)
    if "neighbour_x" in case:  # another layer goes forward before this one goes backward
        layer_of(learner, case).forward(case.neighbour_x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_W", layer.grad_W
    yield "grad_b", layer.grad_b
