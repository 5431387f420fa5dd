"""Is the loss a mean, its gradient (p − y) / N, and both finite at ±1000?

N differs from C wherever it can, because dividing by one passes for dividing by the other
when they agree, and for no division at all when N is 1.
"""

import numpy as np

from tutor.spec import Case

gradients = {"grad_input": "logits"}

far_apart = np.array([[1000.0, -1000.0, 999.0], [-1000.0, -999.5, -1001.0], [0.4, 1.3, -0.6]])
far_within = np.array([[-1000.0, 1000.0, 999.0, -1000.0], [1000.0, -1000.0, -1000.0, -1000.0]])


def batch(rng, sizes):
    """Logits and labels for so many rows and classes."""
    rows, classes = sizes
    return rng.normal(size=sizes), rng.integers(classes, size=rows)


def loss_case(name, rng, sizes, **more):
    logits, labels = batch(rng, sizes)
    return Case(name, **{"logits": logits, "labels": labels, **more})


def cases(rng):
    yield loss_case("more rows than classes: labels repeat", rng, (5, 3))
    yield loss_case("fewer rows than classes: 1/N is not 1/C", rng, (2, 6))
    yield loss_case("one row: a missing 1/N still fits", rng, (1, 4))
    yield loss_case("as many rows as classes: 1/C passes for 1/N", rng, (4, 4))
    name = "logits 0, one label for all: the loss is log C"
    yield Case(name, logits=np.zeros((3, 2)), labels=np.array([1, 1, 1]))
    name = "rows at ±1000, a hopeless label: all stays finite"
    yield Case(name, logits=far_apart, labels=np.array([1, 0, 2]))
    name = "±1000 in one row: only its maximum will do"
    yield Case(name, logits=far_within, labels=np.array([2, 0]))
    name = "one hopeless row: a loss of 2000 is not cut off"
    yield Case(name, logits=np.array([[-1000.0, 1000.0, 0.5]]), labels=np.array([0]))
    turned = rng.normal(size=(3, 200)).T
    yield loss_case("200 rows of a transposed view: a large batch", rng, (200, 3), logits=turned)
    name = "a second batch: the first leaves no trace"
    yield loss_case(name, rng, (3, 4), earlier=batch(rng, (3, 4)))
    name = "another batch size: N may change between calls"
    yield loss_case(name, rng, (3, 4), earlier=batch(rng, (5, 4)))
    logits, labels = batch(rng, (3, 5))
    name = "the same batch twice: the answer is the same"
    yield Case(name, logits=logits, labels=labels, earlier=(logits, labels))
    name = "forward twice, backward once: the latest batch counts"
    yield loss_case(name, rng, (3, 4), abandoned=batch(rng, (3, 4)))
    name = "two losses at once: a shared cache mixes them up"
    yield loss_case(name, rng, (3, 4), neighbour=batch(rng, (3, 4)))


def probe(learner, case):
    loss = learner.SoftmaxCrossEntropy()
    if "earlier" in case:  # the object has been through another batch
        loss.forward(*case.earlier)
        loss.backward()
    if "abandoned" in case:
        loss.forward(*case.abandoned)
    yield "loss", loss.forward(case.logits, case.labels)
    if "neighbour" in case:  # another one goes forward before this one goes backward
        learner.SoftmaxCrossEntropy().forward(*case.neighbour)
    yield "grad_input", loss.backward()
