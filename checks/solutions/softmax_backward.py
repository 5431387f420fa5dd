"""Reference for `softmax_backward`: the Jacobian, N blocks of (C, C), is never built.

For one row with upstream g, Σᵢ g[i] · p[i] · ([i = k] − p[k]) = p[k] · (g[k] − Σᵢ g[i] · p[i]):
what counts is how far an upstream entry lies from the row's average, weighted by p. Each row is
shifted by its own maximum, since a maximum of the whole batch would underflow a low row to 0/0.
"""

import numpy as np


def row_max(a):
    """Return the largest entry of each row, as a column (N, 1)."""
    return a.max(axis=1, keepdims=True)


def row_sum(a):
    """Return the sum of each row, as a column (N, 1)."""
    return a.sum(axis=1, keepdims=True)


def softmax(z):
    """Return p (N, C) for z (N, C)."""
    e = np.exp(z - row_max(z))
    return e / row_sum(e)


class Softmax:
    """Softmax over each row, as a layer without parameters."""

    def forward(self, z):
        """Return p (N, C) for z (N, C)."""
        self.p = softmax(z)
        return self.p

    def backward(self, grad_output):
        """Return grad_input (N, C) for grad_output (N, C)."""
        average = row_sum(grad_output * self.p)
        return self.p * (grad_output - average)
