import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        y = np.zeros(np.shape(x))
        for i in np.ndindex(*y.shape):
            y[i] = max(0.0, x[i])
        return y

    def backward(self, grad_output):
        grad_input = np.zeros(np.shape(grad_output))
        for i in np.ndindex(*grad_input.shape):
            grad_input[i] = grad_output[i] if self.x[i] > 0 else 0.0
        return grad_input
