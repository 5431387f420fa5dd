"""The network and the small layers that the referee's benchmark judges, in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from msgspec import Struct

from tests.checking.smooth import softmax
from tutor.checking.referee import Lanes

SIZES = (784, 256, 10)
BATCH = 32
WRONG_ELEMENT = (457, 34)
BY_ROWS = {"x": Lanes(0, 0)}
BY_ROWS_AND_COLUMNS = BY_ROWS | {"W": Lanes(1, 1), "b": Lanes(0, 1)}

Arrays = dict[str, np.ndarray]


class Network:
    """Linear, ReLU, linear, softmax cross-entropy: 203,530 parameters, their loss and gradients."""

    def __init__(self) -> None:
        rng = np.random.default_rng(0)
        inputs, hidden, classes = SIZES
        self.x = rng.normal(size=(BATCH, inputs))
        self.labels = rng.integers(classes, size=BATCH)
        self.parameters: Arrays = {
            "W1": rng.normal(size=(inputs, hidden)) / inputs**0.5,
            "b1": 0.1 * rng.normal(size=hidden),
            "W2": rng.normal(size=(hidden, classes)) / hidden**0.5,
            "b2": 0.1 * rng.normal(size=classes),
        }

    def loss(self, moved: Arrays) -> np.ndarray:
        """With some of the parameters replaced."""
        p = self.parameters | moved
        hidden = relu(self.x @ p["W1"] + p["b1"])
        return cross_entropy(hidden @ p["W2"] + p["b2"], self.labels)

    def gradients(self) -> Arrays:
        p = self.parameters
        before = self.x @ p["W1"] + p["b1"]
        hidden = relu(before)
        d = cross_entropy_gradient(hidden @ p["W2"] + p["b2"], self.labels)
        d1 = (d @ p["W2"].T) * (before > 0)
        return {"W1": self.x.T @ d1, "b1": d1.sum(0), "W2": hidden.T @ d, "b2": d.sum(0)}


def with_a_wrong_element(gradients: Arrays) -> Arrays:
    wrong = gradients["W1"].copy()
    wrong[WRONG_ELEMENT] *= 2
    return gradients | {"W1": wrong}


def with_a_wrong_array(gradients: Arrays) -> Arrays:
    return gradients | {"W1": 2 * gradients["W1"]}


TAMPERING = {"element": with_a_wrong_element, "array": with_a_wrong_array}


class Layer(Struct, frozen=True):
    """A small layer at one point: `output(**at)`, and the right gradients for `upstream`.

    `lanes` says which axes of its inputs and of its output belong together.
    """

    kind: str
    sizes: str
    output: Callable[..., np.ndarray]
    at: Arrays
    upstream: Any
    gradients: Arrays
    lanes: dict[str, Lanes]
    labels: np.ndarray | None = None


def layers() -> Iterator[Layer]:
    """Layers as checks use them: few rows, and 200."""
    rng = np.random.default_rng(4)
    for rows, inputs, outputs in ((4, 3, 5), (200, 2, 1)):
        x, weights = rng.normal(size=(rows, inputs)), rng.normal(size=(inputs, outputs))
        at = {"x": x, "W": weights, "b": rng.normal(size=outputs)}
        d = rng.normal(size=(rows, outputs))
        right = {"x": d @ weights.T, "W": x.T @ d, "b": d.sum(axis=0)}
        sizes = f"{rows} x {inputs} to {outputs}"
        yield Layer("linear", sizes, linear, at, d, right, BY_ROWS_AND_COLUMNS)
    for rows, classes in ((4, 3), (200, 3)):
        x, d = rng.normal(size=(rows, classes)), rng.normal(size=(rows, classes))
        at, sizes = {"x": x}, f"{rows} x {classes}"
        yield Layer("relu", sizes, relu, at, d, {"x": d * (x > 0)}, BY_ROWS)
        p = softmax(x)
        by_x = p * (d - (d * p).sum(axis=1, keepdims=True))
        yield Layer("softmax", sizes, lambda x: softmax(x), at, d, {"x": by_x}, BY_ROWS)
        labels = rng.integers(classes, size=rows)
        by_x = cross_entropy_gradient(x, labels)
        loss = partial(cross_entropy, labels=labels)
        yield Layer("cross-entropy", sizes, loss, at, 1.0, {"x": by_x}, {}, labels)


def relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


def linear(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ W + b


def cross_entropy(x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    z = x - x.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])


def cross_entropy_gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    d = softmax(logits)
    d[np.arange(len(d)), labels] -= 1
    return d / len(d)
