from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Layer(Protocol):
    def forward(self, x: Array) -> Array: ...
    def backward(self, grad_output: Array) -> Array: ...


@dataclass(frozen=True)
class Saved:
    x: Array


class Linear(Layer):
    grad_W: Array
    grad_b: Array

    def __init__(self, in_features: int, out_features: int) -> None:
        self.W: Array = np.random.default_rng().normal(0.0, 0.1, (in_features, out_features))
        self.b: Array = np.zeros(out_features)
        self._saved: Saved | None = None

    def forward(self, x: Array) -> Array:
        self._saved = Saved(x)
        return x @ self.W + self.b

    def backward(self, grad_output: Array) -> Array:
        assert self._saved is not None, "call forward first"
        self.grad_W = self._saved.x.T @ grad_output
        self.grad_b = np.add.reduce(grad_output, axis=0)
        return grad_output @ self.W.T
