"""Reference for `layernorm_backward`: three paths lead from x to x_hat, and three come back.

Per row, with σ = √(v + eps), x[i] moves x_hat[j] by

    ( [i = j]  −  1/D  −  x_hat[i] · x_hat[j] / D ) / σ

directly, through the mean and through the variance. Summed over j against g = ∂L/∂x_hat, the
last two become means over the row. gamma differs along the row, so it belongs into g.
"""

import numpy as np


def row_mean(a):
    """The mean of each row, (N, 1)."""
    return a.mean(axis=1, keepdims=True)


class LayerNorm:
    """Each row of x brought to mean 0 and variance 1, then scaled and shifted by feature."""

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        centred = x - row_mean(x)
        self.sigma = self._spread(centred)
        self.x_hat = centred / self.sigma
        return self.gamma * self.x_hat + self.beta

    def _spread(self, centred):
        return np.sqrt(row_mean(centred**2) + self.eps)

    def backward(self, grad_output):
        """Set grad_gamma (D,) and grad_beta (D,); return grad_input (N, D)."""
        self.grad_gamma = (grad_output * self.x_hat).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        g = grad_output * self.gamma
        through_variance = self.x_hat * row_mean(g * self.x_hat)
        return (g - row_mean(g) - through_variance) / self.sigma
