import numpy as np


class Sigmoid:
    def forward(self, x):
        y = np.exp(-np.logaddexp(0, -x))
        if not hasattr(self, "y"):
            self.y = y
        return y

    def backward(self, grad_output):
        return grad_output * self.y * (1 - self.y)


class Tanh:
    def forward(self, x):
        y = np.tanh(x)
        if not hasattr(self, "y"):
            self.y = y
        return y

    def backward(self, grad_output):
        return grad_output * (1 - self.y * self.y)
