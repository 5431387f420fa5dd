import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps
        self.grad_gamma = np.zeros(dim)
        self.grad_beta = np.zeros(dim)

    def _stats(self, x):
        mean = np.average(x, axis=1)
        centred = np.subtract(x, mean[:, np.newaxis])
        power = np.square(centred).mean(axis=1) + self.eps
        return centred, power[:, np.newaxis]

    def forward(self, x):
        self.x = x.copy()
        c, p = self._stats(x)
        out = c * p**-0.5
        out *= self.gamma
        out += self.beta
        return out

    def backward(self, grad_output):
        c, p = self._stats(self.x)
        self.grad_gamma[:] = (grad_output * c / np.sqrt(p)).sum(axis=0)
        self.grad_beta[:] = grad_output.sum(axis=0)
        g = grad_output * self.gamma
        g -= c * (g * c).mean(axis=1, keepdims=True) / p
        g -= g.mean(axis=1, keepdims=True)          # c has mean 0, so this may come last
        g /= np.sqrt(p)
        return g
