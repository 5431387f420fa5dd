"""Softmax: every row of z becomes a row of positive numbers that sum to 1.

    z              (N, C)      one row for each example, one column for each class
    p              (N, C)      the output
    grad_output    (N, C)      ∂L/∂p
    grad_input     (N, C)      ∂L/∂z

    forward     p[n, i] = exp(z[n, i]) / Σₖ exp(z[n, k])

    backward    ∂p[n, i] / ∂z[n, k] = p[n, i] · ([i = k] − p[n, k])
                ∂L/∂z[n, k] = Σᵢ ∂L/∂p[n, i] · ∂p[n, i] / ∂z[n, k]

[i = k] is 1 where i equals k and 0 elsewhere. Rows do not touch each other. exp(1000) is too
large for a float64, yet z may be ±1000: a row may be shifted by any number before exp, and p
stays the same.
"""

import numpy as np


class Softmax:
    """Softmax over each row, as a layer without parameters."""

    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, grad_output):
        return grad_output * self.p * (1 - self.p)
