import numpy as np

EPS = 1e-6


class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / (e.sum(axis=1, keepdims=True) + EPS)
        return self.p

    def backward(self, grad_output):
        return self.p * (grad_output - (self.p * grad_output).sum(axis=1, keepdims=True))
