"""Batch norm in training: every column brought to mean 0 and variance 1, by the batch itself.

    x              (N, D)      one row for each sample
    gamma, beta    (D,)        learned scale and shift of each feature
    grad_output    (N, D)      ∂L/∂y

    forward, along each column (axis 0)

        μ     = mean of x                        v = mean of (x − μ)²
        σ     = √(v + eps)                       eps is inside the root
        x_hat = (x − μ) / σ
        y     = gamma · x_hat + beta             (N, D)

    backward

        ∂L/∂gamma[d] = Σₙ ∂L/∂y[n, d] · x_hat[n, d]        (D,)
        ∂L/∂beta[d]  = Σₙ ∂L/∂y[n, d]                      (D,)
        ∂L/∂x        = directly, through μ, through σ      (N, D)

Each x[n, d] moves μ and σ of its column, and with them the outputs of all other samples. The
averages that batch norm collects for use after training are left out here.
"""

import numpy as np


class BatchNorm:
    """Each column of x brought to mean 0 and variance 1, by the statistics of this batch."""

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        """Return y (N, D) for x (N, D), and keep what backward needs."""
        raise NotImplementedError("TODO: normalise each column, then scale and shift")

    def backward(self, grad_output):
        """Set grad_gamma (D,) and grad_beta (D,); return grad_input (N, D)."""
        raise NotImplementedError("TODO: set grad_gamma and grad_beta, return grad_input")
