import numpy as np


class ReLU:
    def forward(self, x):
        self.saved = np.copy(x)
        return (x + np.abs(x)) / 2

    def backward(self, grad_output):
        return grad_output * np.heaviside(self.saved, 0.0)
