import numpy as np


class ReLU:
    def forward(self, x):
        def slope():
            return (x >= 0).astype(x.dtype)
        self.slope = slope
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        return self.slope()
