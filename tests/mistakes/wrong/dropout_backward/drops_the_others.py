import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.q = 1 - p     # probability to stay
        self.rng = rng

    def forward(self, x, training=True):
        if not training:
            self.gate = 1.0
        else:
            draws = self.rng.random(x.shape)
            gate = np.zeros_like(x)
            gate[draws < self.p] = 1 / self.q
            self.gate = gate
        return x * self.gate

    def backward(self, grad_output):
        return grad_output * self.gate
