import numpy as np


class Linear:
    def __init__(self, rows, cols):
        self.W = np.random.randn(rows, cols) / rows
        self.b = np.zeros(cols)

    def forward(self, inp):
        self.inp = inp
        return inp @ self.W + self.b

    def backward(self, err):
        self.grad_W = self.inp.T @ err
        self.grad_b = np.add.reduce(err)
        return err @ self.W.T


class ReLU:
    def forward(self, inp):
        self.inp = inp
        return np.maximum(inp, 0)

    def backward(self, err):
        return err * np.heaviside(self.inp, 0)


def softmax(z):
    z = z - z.max(-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(-1, keepdims=True)


def softmax_prime(p):
    return p * (1 - p)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for rows, cols in zip(sizes[:-2], sizes[1:-1]):
            self.layers += [Linear(rows, cols), ReLU()]
        self.layers += [Linear(*sizes[-2:])]

    def forward(self, X):
        self.z = X
        for layer in self.layers:
            self.z = layer.forward(self.z)
        return self.z

    def backward(self, y):
        p = softmax(self.z)
        target = np.zeros(p.shape)
        target[np.arange(len(y)), y] = 1
        err = (p - target) / len(y) * softmax_prime(p)
        for layer in reversed(self.layers):
            err = layer.backward(err)
        return err

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
