import numpy as np


class ReLU:
    def forward(self, x):
        self.mask = np.greater(x, 0)
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        grad_input = np.multiply(grad_output, self.mask),
        return grad_input
