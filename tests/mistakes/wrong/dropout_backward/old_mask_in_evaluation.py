import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng
        self.mask = 1.0

    def forward(self, x, training=True):
        if training:
            self.mask = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
            return x * self.mask
        return x

    def backward(self, grad_output):
        return grad_output * self.mask
