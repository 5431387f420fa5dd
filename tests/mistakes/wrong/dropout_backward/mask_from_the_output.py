import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        if not training or self.p == 0:
            self.scale = 1.0
            self.out = x
            self.alive = np.ones(x.shape, dtype=bool)
        else:
            self.scale = 1.0 / (1.0 - self.p)
            self.alive = self.rng.random(x.shape) >= self.p
            self.out = np.where(self.alive, x * self.scale, 0.0)
        return self.out

    def backward(self, grad_output):
        return np.where(self.out != 0, grad_output * self.scale, 0.0)
