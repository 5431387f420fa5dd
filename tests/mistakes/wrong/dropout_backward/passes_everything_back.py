import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        self.training = training
        if not training:
            return x
        self.mask = self.rng.random(x.shape) >= self.p
        return x * self.mask / (1 - self.p)

    def backward(self, grad_output):
        if not self.training:
            return grad_output
        return grad_output / (1 - self.p)
