import math

import numpy as np


def _sigmoid(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return (e := math.exp(v)) / (1 + e)


class Sigmoid:
    f = staticmethod(np.vectorize(_sigmoid, otypes=[float]))

    def forward(self, x):
        self.y = self.f(x)
        return self.y

    def backward(self, grad_output):
        return np.multiply(grad_output, self.y * (1 - self.y))


class Tanh(Sigmoid):
    f = staticmethod(np.vectorize(math.tanh, otypes=[float]))

    def backward(self, grad_output):
        return np.multiply(grad_output, 1 - self.y ** 2)
