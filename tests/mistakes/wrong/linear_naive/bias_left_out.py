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
        N, D = x.shape
        M = self.W.shape[1]
        self.x = x
        y = np.zeros((N, M))
        for n in range(N):
            for j in range(M):
                for i in range(D):
                    y[n, j] += x[n, i] * self.W[i, j]
        return y

    def backward(self, grad_output):
        N, D = self.x.shape
        M = self.W.shape[1]
        self.grad_W = np.zeros((D, M))
        self.grad_b = np.zeros(M)
        grad_input = np.zeros((N, D))
        for n in range(N):
            for j in range(M):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(D):
                    self.grad_W[i, j] += self.x[n, i] * g
                    grad_input[n, i] += g * self.W[i, j]
        return grad_input
