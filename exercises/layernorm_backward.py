"""Layer norm: every row brought to mean 0 and variance 1, and the three paths back.

    x              (N, D)      one row for each sample
    gamma, beta    (D,)        learned scale and shift of each feature
    grad_output    (N, D)      ∂L/∂y

    forward, along each row (axis 1)

        μ     = mean of x                        v = mean of (x − μ)²
        σ     = √(v + eps)                       eps is inside the root
        x_hat = (x − μ) / σ
        y     = gamma · x_hat + beta             (N, D)

    backward, with g = ∂L/∂x_hat

        ∂L/∂gamma[d] = Σₙ ∂L/∂y[n, d] · x_hat[n, d]        (D,)
        ∂L/∂beta[d]  = Σₙ ∂L/∂y[n, d]                      (D,)
        ∂L/∂x        = three terms, all of them over σ     (N, D)

Each x[n, i] moves its own x_hat, and through μ and σ those of its whole row.
"""

import numpy as np


class LayerNorm:
    """Each row of x brought to mean 0 and variance 1, then scaled and shifted by feature."""

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        """Return y (N, D) for x (N, D), and keep what backward needs."""
        raise NotImplementedError("TODO: normalise each row, then scale and shift")

    def backward(self, grad_output):
        """Set grad_gamma (D,) and grad_beta (D,); return grad_input (N, D)."""
        raise NotImplementedError("TODO: set grad_gamma and grad_beta, return grad_input")
