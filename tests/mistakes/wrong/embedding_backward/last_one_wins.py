import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.randn(num, dim) * 0.02

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, grad):
        self.grad_W = np.zeros_like(self.W)
        self.grad_W[self.ids] = grad
