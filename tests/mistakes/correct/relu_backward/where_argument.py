import numpy as np


class ReLU:
    def forward(self, x):
        self.passes = np.asarray(x > 0)
        return np.maximum(x, 0)

    def backward(self, grad_output):
        out = np.zeros(grad_output.shape)
        np.multiply(grad_output, 1.0, out=out, where=self.passes)
        return out
