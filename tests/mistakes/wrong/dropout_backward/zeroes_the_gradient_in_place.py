import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng
        self.dropped = None

    def forward(self, x, training=True):
        self.dropped = None
        if not training:
            return x
        self.dropped = self.rng.random(x.shape) < self.p
        y = x / (1 - self.p)
        y[self.dropped] = 0
        return y

    def backward(self, grad_output):
        if self.dropped is None:
            return grad_output
        grad_output /= 1 - self.p
        grad_output[self.dropped] = 0
        return grad_output
