import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        self.mask = None
        if training:
            draw = self.rng.random(x.shape[1:])
            self.mask = (draw >= self.p).astype(float) / (1 - self.p)
            return x * self.mask
        return x.copy()

    def backward(self, grad_output):
        return grad_output.copy() if self.mask is None else grad_output * self.mask
