import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.grad_W = self.x.T @ g
        self.grad_b = g.sum(axis=0)
        return g @ self.W.T


class ReLU:
    mask = None

    def forward(self, x):
        ReLU.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, g):
        return g * ReLU.mask


class MLP:
    def __init__(self, sizes):
        blocks = [[Linear(a, b), ReLU()] for a, b in zip(sizes, sizes[1:])]
        self.layers = sum(blocks, [])[:-1]

    def forward(self, X):
        for l in self.layers:
            X = l.forward(X)
        e = np.exp(X - X.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return X

    def backward(self, y):
        N = len(y)
        g = self.p / N
        g[np.arange(N), y] -= 1 / N
        for l in reversed(self.layers):
            g = l.backward(g)
        return g

    def update(self, lr):
        for l in self.layers:
            if isinstance(l, Linear):
                l.W -= lr * l.grad_W
                l.b -= lr * l.grad_b
