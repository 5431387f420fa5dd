"""A network of any depth: two loops over a list of layers, and a step.

    sizes          e.g. [784, 256, 10]: 784 inputs, 256 hidden units, 10 classes
    layers         Linear, ReLU, Linear, ReLU, ..., Linear       no ReLU at the end
    X              (N, sizes[0])      one row for each example
    y              (N,)               integers from 0 to C − 1, the right classes
    logits         (N, C)             C = sizes[-1]

    forward     each layer takes what the layer before it returned
    loss        L = −(1/N) · Σₙ log p[n, y[n]],   p = softmax of each row of logits
    backward    ∂L/∂logits = (p − onehot(y)) / N, then each layer takes what the layer
                after it returned; what the first layer returns is ∂L/∂X
    update      W ← W − lr · ∂L/∂W and b ← b − lr · ∂L/∂b, in every Linear

Linear and ReLU are the ones that you have written already. You may paste your own.
"""

import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        scale = np.sqrt(2.0 / in_features)  # the lesson on vanishing gradients says why
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
        return grad_output @ self.W.T


class ReLU:
    """max(0, x), entry by entry."""

    def forward(self, x):
        """Return max(0, x), and keep where x was positive."""
        self.mask = x > 0
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        """Return grad_input, shaped like x."""
        return grad_output * self.mask


class MLP:
    """A chain of Linear layers with a ReLU between each two."""

    def __init__(self, sizes):
        """Make the list self.layers for sizes such as [784, 256, 10]."""
        raise NotImplementedError("TODO: fill self.layers with Linear and ReLU in turn")

    def forward(self, X):
        """Return logits (N, C) for X (N, sizes[0]). Backward needs the logits later."""
        raise NotImplementedError("TODO: through all layers, first to last")

    def backward(self, y):
        """Fill grad_W and grad_b of every Linear; return ∂L/∂X, shaped like X.

        L is the mean cross-entropy of the latest forward's logits against the labels y (N,).
        Logits may be ±1000.
        """
        raise NotImplementedError("TODO: the loss's gradient, then all layers, last to first")

    def update(self, lr):
        """Move W and b of every Linear one step downhill, by lr times their gradients."""
        raise NotImplementedError("TODO: step every W and b")
