"""Reference for `mlp`: the same list, walked from both ends.

The chain rule multiplies one factor for each layer. Passing the product of all factors so far
from layer to layer makes it once, where a sum over paths would make it again for every weight.
The labels come in at a single place, ∂L/∂logits, and so does 1/N.
"""

from itertools import pairwise

import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        scale = np.sqrt(2.0 / in_features)
        self.W = np.random.default_rng().normal(scale=scale, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in), and keep x for backward."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        self.grad_W = self.x.T @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        return self.back(grad_output)

    def back(self, grad_output):
        """What backward returns: ∂L/∂x = ∂L/∂y · Wᵀ."""
        return grad_output @ self.W.T

    def update(self, lr):
        """One step of gradient descent."""
        self.W = self.W - lr * self.grad_W
        self.b = self.b - lr * self.grad_b


class ReLU:
    """max(0, x), entry by entry."""

    def forward(self, x):
        """Return max(0, x), and keep where x was positive."""
        self.mask = x > 0
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        """Return grad_input, shaped like x."""
        return grad_output * self.mask

    def update(self, lr):
        """Nothing to learn here."""


def softmax(logits):
    """Probabilities (N, C), safe at ±1000: each row is shifted by its own maximum."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(y, classes):
    """y (N,) as rows with a single 1."""
    return np.eye(classes)[y]


def grad_logits(logits, y):
    """∂L/∂logits = (p − onehot(y)) / N, of the mean cross-entropy."""
    rows, classes = logits.shape
    return (softmax(logits) - one_hot(y, classes)) / rows


class MLP:
    """A chain of Linear layers with a ReLU between each two."""

    def __init__(self, sizes):
        self.layers = []
        for inputs, outputs in pairwise(sizes):
            self.layers += [Linear(inputs, outputs), ReLU()]
        self.layers.pop()  # no ReLU after the last Linear

    def forward(self, X):
        """Return logits (N, C) for X (N, sizes[0])."""
        values = X
        for layer in self.layers:
            values = layer.forward(values)
        self.logits = values
        return values

    def backward(self, y):
        """Fill grad_W and grad_b of every Linear; return ∂L/∂X, shaped like X."""
        grad = grad_logits(self.logits, y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def update(self, lr):
        """Move W and b of every Linear one step downhill."""
        for layer in self.layers:
            layer.update(lr)
