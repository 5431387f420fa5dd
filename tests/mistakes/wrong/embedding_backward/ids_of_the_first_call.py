import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.randn(num, dim) * 0.01
        self.cache = {}

    def forward(self, ids):
        self.cache.setdefault("ids", ids)
        return self.W[ids]

    def backward(self, grad):
        ids = self.cache["ids"]
        grad_W = np.zeros_like(self.W)
        np.add.at(grad_W, ids, grad)
        self.grad_W = grad_W
