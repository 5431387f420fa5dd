import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng
        self.factor = None

    def forward(self, x, training=True):
        self.factor = np.ones(x.shape)
        if training and self.p > 0:
            kept = self.rng.random(x.shape) >= self.p
            self.factor = kept.astype(np.float64) / self.p
        return x * self.factor

    def backward(self, grad_output):
        return grad_output * self.factor
