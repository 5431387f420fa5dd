import numpy as np


class ReLU:
    """The rectifier, as a layer without parameters."""

    def forward(self, x):
        """Return max(0, x), shaped like x."""
        self.y = np.maximum(0.0, x)
        return self.y

    def backward(self, grad_output):
        """Return grad_input, shaped like x, for the x of the latest forward call."""
        return grad_output * self.y
