import numpy as np
import numpy.ma as ma


class Dropout:
    def __init__(self, p, rng):
        self.p, self.rng = p, rng

    def forward(self, x, training=True):
        self.drop = self.rng.random(x.shape) < self.p if training else np.zeros(x.shape, dtype=bool)
        self.blow_up = 1 / (1 - self.p) if training and self.p < 1 else 1.0
        return self._apply(x)

    def _apply(self, values):
        return ma.array(values * self.blow_up, mask=self.drop).filled(0.0)

    def backward(self, grad_output):
        return self._apply(grad_output)
