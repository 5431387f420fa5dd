import numpy as np

class Dropout:
    """Inverted dropout."""
    def __init__(self, p, rng):
        self.p, self.rng = p, rng
        self.keep = None

    def forward(self, x, training=True):
        if training:
            self.keep = np.where(self.rng.random(x.shape) < self.p, 0.0, 1.0)
            return self.keep * x / (1.0 - self.p)
        self.keep = None
        return x

    def backward(self, grad_output):
        if self.keep is None:
            return grad_output
        return self.keep * grad_output
