import numpy as np


class Sigmoid:
    def forward(self, x):
        if np.all(x >= 0):
            self.y = 1 / (1 + np.exp(-x))
        else:
            e = np.exp(x)
            self.y = e / (1 + e)
        return self.y

    def backward(self, grad_output):
        y = self.y
        return grad_output * (y - y * y)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_output):
        y = self.y
        return grad_output * (1 + y) * (1 - y)
