"""The loop's variable never moves."""

import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) * 0.1
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        i = 0
        while i < len(grad_output):
            total = grad_output[i].sum()
        return total
