import numpy as np


class ReLU:
    def forward(self, x):
        positive = x > 0

        def backward(grad_output):
            return grad_output * positive

        self.backward = backward
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        raise RuntimeError("forward has not been called")
