import numpy as np


class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, grad_output):
        s = self.p[0].reshape(-1, 1)
        J = np.diagflat(s) - np.dot(s, s.T)
        return grad_output @ J
