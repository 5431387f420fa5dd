import numpy as np


class ReLU:
    mask = None

    @classmethod
    def remember(cls, x):
        cls.mask = x > 0

    def forward(self, x):
        ReLU.remember(x)
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        return grad_output * ReLU.mask
