import numpy as np


class Sigmoid:
    @staticmethod
    def apply(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    def forward(self, x):
        self.y = self.apply(x)
        return self.y

    def backward(self, grad_output):
        return grad_output * self.y * (1 - self.y)


class Tanh(Sigmoid):
    @staticmethod
    def apply(x):
        return np.tanh(x)
