import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.standard_normal((num, dim)) / np.sqrt(dim)

    def forward(self, ids):
        N, T = ids.shape
        out = np.zeros((N, T, self.W.shape[1]))
        for t in range(T):
            out[:, t, :] = self.W[ids[:, t]]
        self.order = ids.T.flatten()
        return out

    def backward(self, grad):
        rows = grad.reshape(len(self.order), -1)
        self.grad_W = np.zeros_like(self.W)
        for i, g in zip(self.order, rows):
            self.grad_W[i] += g
