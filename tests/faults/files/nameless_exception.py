"""An exception that lies about its class."""

import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) * 0.1
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        raise Liar


class Liar(Exception):
    __class__ = property(lambda self: 1 / 0)

    def __str__(self):
        raise MemoryError
