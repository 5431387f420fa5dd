import numpy as np


class ReLU:
    """The rectifier, as a layer without parameters."""

    def forward(self, x):
        self.negative = np.nonzero(x < 0)
        y = np.array(x, copy=True)
        y[self.negative] = 0.0
        return y

    def backward(self, grad_output):
        grad_input = np.array(grad_output, copy=True)
        grad_input[self.negative] = 0.0
        return grad_input
