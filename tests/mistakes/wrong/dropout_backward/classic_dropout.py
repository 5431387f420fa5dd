import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        if training:
            self.m = (self.rng.random(x.shape) >= self.p) * 1.0
        else:
            self.m = np.ones(x.shape) * (1 - self.p)
        return x * self.m

    def backward(self, grad_output):
        return grad_output * self.m
