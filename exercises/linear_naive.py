"""The linear layer with loops: every sum of the forward and backward pass written out.

    x              (N, in)      one row for each example
    W              (in, out)
    b              (out,)
    grad_output    (N, out)     ∂L/∂y

    forward     y[n, j]       = Σᵢ x[n, i] · W[i, j] + b[j]

    backward    ∂L/∂W[i, j]   = Σₙ x[n, i] · ∂L/∂y[n, j]
                ∂L/∂b[j]      = Σₙ ∂L/∂y[n, j]
                ∂L/∂x[n, i]   = Σⱼ ∂L/∂y[n, j] · W[i, j]

Loops are slow and hard to get wrong. The next exercise takes them away.
"""

import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in)."""
        raise NotImplementedError("TODO: y[n, j], with a loop over n, j and i")

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        raise NotImplementedError("TODO: the three gradients, with loops")
