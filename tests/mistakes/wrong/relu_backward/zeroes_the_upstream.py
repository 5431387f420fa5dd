import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        grad_input = grad_output
        grad_input[self.x <= 0] = 0
        return grad_input
