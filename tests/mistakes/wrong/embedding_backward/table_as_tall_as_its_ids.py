import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.randn(num, dim)
        self.num = num

    def one_hot(self, ids):
        return np.eye(ids.max() + 1)[ids.ravel()]

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, grad):
        hot = self.one_hot(self.ids)                  # (N*T, num)
        self.grad_W = hot.T @ grad.reshape(hot.shape[0], -1)
