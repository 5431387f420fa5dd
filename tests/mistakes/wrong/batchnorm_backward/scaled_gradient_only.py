import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        """Normalise every column over the batch."""
        self.mu = x.mean(axis=0)
        self.std = np.sqrt(x.var(axis=0) + self.eps)
        self.x_hat = (x - self.mu) / self.std
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        self.grad_gamma = np.sum(grad_output * self.x_hat, axis=0)
        self.grad_beta = np.sum(grad_output, axis=0)
        grad_x_hat = grad_output * self.gamma
        return (grad_x_hat) / self.std
