import numpy as np


class ReLU:
    def forward(self, x):
        self.s = np.sign(x)
        return x * (1 + self.s) / 2

    def backward(self, grad_output):
        return grad_output * (1 + self.s) / 2
