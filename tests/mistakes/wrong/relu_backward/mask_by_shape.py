import numpy as np


class ReLU:
    def __init__(self):
        self.masks = {}
        self.shape = None

    def forward(self, x):
        self.shape = x.shape
        if self.shape not in self.masks:
            self.masks[self.shape] = (x > 0).astype(float)
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        return grad_output * self.masks[self.shape]
