"""Is the loss a mean, its gradient (p − y) / N, and both finite at ±1000?

N differs from C wherever it can, because dividing by one passes for dividing by the other
when they agree, and for no division at all when N is 1.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "logits"}

far_apart = np.array([[1000.0, -1000.0, 999.0], [-1000.0, -999.5, -1001.0], [0.4, 1.3, -0.6]])


def loss_case(name, rng, sizes, **more):
    rows, classes = sizes
    quantities = {
        "logits": rng.normal(size=(rows, classes)),
        "labels": rng.integers(classes, size=rows),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield loss_case("more rows than classes: labels repeat", rng, (5, 3))
    yield loss_case("fewer rows than classes: 1/N is not 1/C", rng, (2, 6))
    yield loss_case("one row: a missing 1/N still fits", rng, (1, 4))
    yield loss_case("as many rows as classes: 1/C passes for 1/N", rng, (4, 4))
    yield loss_case(
        "logits 0, one label for all: the loss is log C",
        rng,
        (3, 2),
        logits=np.zeros((3, 2)),
        labels=np.array([1, 1, 1]),
    )
    yield loss_case(
        "rows at ±1000, a hopeless label: all stays finite",
        rng,
        (3, 3),
        logits=far_apart,
        labels=np.array([1, 0, 2]),
    )
    yield loss_case(
        "64 rows of a transposed view: a large batch",
        rng,
        (64, 3),
        logits=rng.normal(size=(3, 64)).T,
    )
    yield loss_case(
        "a second batch: the first leaves no trace",
        rng,
        (3, 4),
        earlier_logits=rng.normal(size=(3, 4)),
        earlier_labels=rng.integers(4, size=3),
    )
    yield loss_case("backward asked twice: the cache stays whole", rng, (3, 5), ask_twice=True)
    yield loss_case(
        "two losses at once: a shared cache mixes them up",
        rng,
        (3, 2),
        neighbour_logits=rng.normal(size=(3, 2)),
        neighbour_labels=np.array([1, 0, 1]),
    )


def probe(learner, case):
    loss = learner.SoftmaxCrossEntropy()
    yield "loss", loss.forward(case.logits, case.labels)
    if "earlier_logits" in case:  # the same object serves another batch, then this one
        loss = learner.SoftmaxCrossEntropy()
        loss.forward(case.earlier_logits, case.earlier_labels)
        loss.backward()
        loss.forward(case.logits, case.labels)
    if "neighbour_logits" in case:  # another one goes forward before this one goes backward
        learner.SoftmaxCrossEntropy().forward(case.neighbour_logits, case.neighbour_labels)
    if "ask_twice" in case:
        loss.backward()
    yield "grad_input", loss.backward()
