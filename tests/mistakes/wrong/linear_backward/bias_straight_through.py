"""The linear layer, backward: three gradients without a loop.

    x              (N, in)      one row for each example
    W              (in, out)
    b              (out,)
    grad_output    (N, out)     ∂L/∂y

    forward     y = x · W + b                              (N, out)

    backward    ∂L/∂W[i, j] = Σₙ x[n, i] · ∂L/∂y[n, j]     (in, out)
                ∂L/∂b[j]    = Σₙ ∂L/∂y[n, j]               (out,)
                ∂L/∂x[n, i] = Σⱼ ∂L/∂y[n, j] · W[i, j]     (N, in)

Two of the three sums are matrix products; a transpose makes them fit.
"""

import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in), and keep x for backward."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        self.grad_W = self.x.T @ grad_output
        # y = ... + b, so dy/db = 1
        self.grad_b = 1 * grad_output
        return grad_output @ self.W.T
