"""Reference for `batchnorm_backward`: layer norm's three paths, down the columns.

Mean and variance are taken over the batch, so one sample moves the x_hat of all others, and the
two means of backward run over axis 0. There gamma is one and the same number, and might as well
stand in front of everything; the means would then be grad_beta / N and grad_gamma / N.
"""

import numpy as np


def column_mean(a):
    """The mean of each column, (D,)."""
    return a.mean(axis=0)


class BatchNorm:
    """Each column of x brought to mean 0 and variance 1, by the statistics of this batch."""

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        centred = x - column_mean(x)
        self.sigma = self._spread(centred)
        self.x_hat = centred / self.sigma
        return self.gamma * self.x_hat + self.beta

    def _spread(self, centred):
        return np.sqrt(column_mean(centred**2) + self.eps)

    def backward(self, grad_output):
        """Set grad_gamma (D,) and grad_beta (D,); return grad_input (N, D)."""
        self.grad_gamma = (grad_output * self.x_hat).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        g = grad_output * self.gamma
        through_variance = self.x_hat * column_mean(g * self.x_hat)
        return (g - column_mean(g) - through_variance) / self.sigma
