import numpy as np


class Embedding:
    """A table of vectors; ids pick rows."""

    def __init__(self, num, dim):
        self.num, self.dim = num, dim
        self.W = np.random.default_rng(0).normal(size=(num, dim))
        self.grad_W = np.zeros((num, dim))

    def forward(self, ids):
        self.flat = ids.reshape(-1)
        return np.take(self.W, self.flat, axis=0).reshape(*ids.shape, self.dim)

    def backward(self, grad):
        grad = grad.reshape(-1, self.dim)
        self.grad_W = np.zeros((self.num, self.dim))
        self.grad_W[self.flat] += grad
