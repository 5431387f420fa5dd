import numpy as np


class Linear:
    __slots__ = ("W", "b", "grad_W", "grad_b", "_cache")

    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) * 0.1
        self.b = np.zeros(out_features)
        self.grad_W = self.grad_b = self._cache = None

    def forward(self, x):
        self._cache = (x, x.shape[0])
        return x @ self.W + self.b

    def backward(self, grad_output):
        x, n = self._cache
        self.grad_W = x.T @ grad_output
        self.grad_b = np.ones(n) @ grad_output
        return grad_output @ self.W.T
