import numpy as np


class ReLU:
    def forward(self, x):
        self.where = np.flatnonzero(x > 0)
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        grad_input = np.zeros_like(grad_output)
        grad_input.reshape(-1)[self.where] = grad_output.reshape(-1)[self.where]
        return grad_input
