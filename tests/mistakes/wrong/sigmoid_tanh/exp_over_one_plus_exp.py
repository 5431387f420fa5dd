import numpy as np


class Sigmoid:
    def forward(self, x):
        ex = np.exp(x)
        self.y = ex / (1 + ex)
        return self.y

    def backward(self, grad_output):
        return grad_output * self.y * (1 - self.y)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_output):
        return grad_output * (1 - np.square(self.y))
