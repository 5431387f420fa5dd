import numpy as np


class Sigmoid:
    def forward(self, x):
        x *= 0.5
        np.tanh(x, out=x)
        x += 1.0
        x *= 0.5
        self.y = x.copy()
        return x

    def backward(self, grad_output):
        return grad_output * self.y * (1 - self.y)


class Tanh:
    def forward(self, x):
        np.tanh(x, out=x)
        self.y = x.copy()
        return x

    def backward(self, grad_output):
        return grad_output * (1 - self.y**2)
