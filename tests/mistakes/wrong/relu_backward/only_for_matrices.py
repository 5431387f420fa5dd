import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        rows, cols = grad_output.shape
        grad_input = np.zeros((rows, cols))
        for r in range(rows):
            for c in range(cols):
                if self.x[r, c] > 0:
                    grad_input[r, c] = grad_output[r, c]
        return grad_input
