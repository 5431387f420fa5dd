import numpy as np


class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        e /= e.sum(axis=1, keepdims=True)
        self.p = e
        return e

    def backward(self, grad_output):
        grad_output -= (grad_output * self.p).sum(axis=1, keepdims=True)
        grad_output *= self.p
        return grad_output
