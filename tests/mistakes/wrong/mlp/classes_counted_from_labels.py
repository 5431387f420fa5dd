import numpy as np


def one_hot(y):
    out = np.zeros((len(y), y.max() + 1))
    for i in range(len(y)):
        out[i][y[i]] = 1
    return out


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.rand(n_in, n_out) - 0.5
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.grad_W = self.x.T @ g
        self.grad_b = g.sum(axis=0)
        return g @ self.W.T


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, g):
        return g * (self.x > 0)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for n_in, n_out in zip(sizes, sizes[1:]):
            self.layers.append(Linear(n_in, n_out))
            self.layers.append(ReLU())
        self.layers.pop()

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.logits = X
        return X

    def backward(self, y):
        e = np.exp(self.logits - self.logits.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        g = (p - one_hot(y)) / len(y)
        for layer in reversed(self.layers):
            g = layer.backward(g)
        return g

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= lr * layer.grad_W
                layer.b -= lr * layer.grad_b
