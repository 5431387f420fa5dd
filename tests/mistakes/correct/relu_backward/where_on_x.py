import numpy as np


class ReLU:
    """The rectifier, as a layer without parameters."""

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, 0.0)

    def backward(self, grad_output):
        return np.where(self.x > 0, grad_output, 0.0)
