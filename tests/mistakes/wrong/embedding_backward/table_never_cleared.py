import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.uniform(-0.1, 0.1, (num, dim))
        self.grad_W = np.zeros((num, dim))

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, grad):
        n, t = self.ids.shape
        for i in range(n):
            for j in range(t):
                self.grad_W[self.ids[i, j]] += grad[i, j]
