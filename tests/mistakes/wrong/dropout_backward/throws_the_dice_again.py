import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng
        self.training = True

    def make_mask(self, shape):
        return (self.rng.random(shape) >= self.p) / (1 - self.p)

    def forward(self, x, training=True):
        self.training = training
        if training:
            mask = self.make_mask(x.shape)
            return x * mask
        return x

    def backward(self, grad_output):
        if self.training:
            return grad_output * self.make_mask(grad_output.shape)
        return grad_output
