import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        if not training:
            self.survivors = None
            return x.copy()
        self.survivors = np.flatnonzero(self.rng.random(x.shape) >= self.p)
        return self._thin(x)

    def _thin(self, a):
        out = np.zeros(a.shape)
        if self.survivors.size:
            out.flat[self.survivors] = a.ravel()[self.survivors] / (1 - self.p)
        return out

    def backward(self, grad_output):
        return grad_output.copy() if self.survivors is None else self._thin(grad_output)
