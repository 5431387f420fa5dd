"""Reference for `linear_backward`: each gradient is the only product whose indices line up.

∂L/∂W[i, j] sums over the batch, so n must be the inner axis: xᵀ · ∂L/∂y. ∂L/∂x[n, i] sums over
the outputs, so j must be: ∂L/∂y · Wᵀ. b is added to every row, so its gradient is the sum of
the rows. Nothing is divided by N: a mean is taken once, in the loss.
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
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.W.T
