import numpy as np

H = 1e-3


def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


class _Layer:
    def forward(self, x):
        self.x = x
        return self.fn(x)

    def backward(self, grad_output):
        return grad_output * (self.fn(self.x + H) - self.fn(self.x)) / H


class Sigmoid(_Layer):
    fn = staticmethod(sigmoid)


class Tanh(_Layer):
    fn = staticmethod(np.tanh)
