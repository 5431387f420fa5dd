"""Reference for `shape_debugging`: the three lines, mended.

Centre takes a mean of each *row* from that row, so backward does so too: grad_input[n, i] =
g[n, i] − (1/D) · Σₖ g[n, k]. Each of its rows adds up to 0, since a number that is added to all
of a row changes nothing in forward.

Linear has W (out, in), so the indices of its gradient are [j, i] = Σₙ g[n, j] · x[n, i]: the batch
is inner in gᵀ · x, which is (out, in).

Scale uses gamma[j] once in each row, so its gradient is a sum over the rows.
"""

import numpy as np


class Centre:
    """Every row minus its own mean: y[n, i] = x[n, i] − (1/D) · Σₖ x[n, k]."""

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        return x - x.mean(axis=1, keepdims=True)

    def backward(self, grad_output):
        """Return grad_input (N, D)."""
        return grad_output - grad_output.mean(axis=1, keepdims=True)


class Linear:
    """y = x · Wᵀ + b, with one row of W for each output."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(out_features, in_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in)."""
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, grad_output):
        """Set grad_W (out, in) and grad_b (out,); return grad_input (N, in)."""
        self.grad_W = grad_output.T @ self.x
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.W


class Scale:
    """y[n, j] = gamma[j] · x[n, j]: one factor for each feature, shared by all rows."""

    def __init__(self, features):
        self.gamma = np.ones(features)

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        self.x = x
        return self.gamma * x

    def backward(self, grad_output):
        """Set grad_gamma (D,); return grad_input (N, D)."""
        self.grad_gamma = (grad_output * self.x).sum(axis=0)
        return grad_output * self.gamma
