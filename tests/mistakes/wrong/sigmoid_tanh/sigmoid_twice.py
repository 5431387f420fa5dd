import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)

def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


class Sigmoid:
    def forward(self, x):
        self.a = sigmoid(x)
        return self.a

    def backward(self, grad_output):
        return grad_output * sigmoid_prime(self.a)


class Tanh:
    def forward(self, x):
        self.a = np.tanh(x)
        return self.a

    def backward(self, grad_output):
        return grad_output * (1 - self.a**2)
