import numpy as np


class Sigmoid:
    def forward(self, x):
        x = np.asarray(x, dtype=float)
        y = np.empty(x.shape)
        up = x >= 0
        y[up] = 1.0 / (1.0 + np.exp(-x[up]))
        e = np.exp(x[~up])
        y[~up] = e / (1.0 + e)
        self.y = y
        return y.copy()

    def backward(self, grad_output):
        d = grad_output.copy()
        d *= self.y
        d *= 1.0 - self.y
        return d


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return np.copy(self.y)

    def backward(self, grad_output):
        d = self.y ** 2
        return grad_output - d * grad_output
