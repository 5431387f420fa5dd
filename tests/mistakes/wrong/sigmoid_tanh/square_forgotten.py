import numpy as np


class Sigmoid:
    def forward(self, x):
        y = np.empty(np.shape(x))
        pos = x >= 0
        y[pos] = 1 / (1 + np.exp(-x[pos]))
        e = np.exp(x[~pos])
        y[~pos] = e / (1 + e)
        self.y = y
        return y.copy()

    def backward(self, grad_output):
        return grad_output * (self.y * (1 - self.y))


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_output):
        return grad_output * (1 - self.y)
