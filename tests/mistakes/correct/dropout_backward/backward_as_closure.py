import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.draw = rng.random
        self.p = p

    def forward(self, x, training=True):
        if training:
            gone = np.less(self.draw(x.shape), self.p)
            keep = 1 - self.p
            self.pull = lambda g: np.where(gone, 0.0, g / (keep or 1.0))
        else:
            self.pull = lambda g: g
        return self.pull(x)

    def backward(self, grad_output):
        return self.pull(grad_output)
