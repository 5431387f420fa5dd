import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.default_rng(3).normal(size=(n_in, n_out)) * 0.05
        self.b = np.zeros(n_out)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x.dot(self.W) + self.b

    def backward(self, g):
        self.grad_W = self.x.T.dot(g)
        self.grad_b = g.sum(axis=0)
        return g.dot(self.W.T)


class ReLU:
    def forward(self, x):
        self.positive = x > 0
        return np.where(self.positive, x, 0.0)

    def backward(self, g):
        return np.where(self.positive, g, 0.0)


class MLP:
    def __init__(self, sizes):
        self.layers = [Linear(sizes[0], sizes[1])]
        for a, b in zip(sizes[1:-1], sizes[2:]):
            self.layers.append(ReLU())
            self.layers.append(Linear(a, b))

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        # the softmax is needed in backward, do it here once
        self.probs = np.exp(X - X.max(axis=1, keepdims=True))
        self.probs /= self.probs.sum(axis=1, keepdims=True)
        return X

    def backward(self, y):
        n = len(y)
        grad = self.probs
        grad[np.arange(n), y] -= 1
        grad = grad / n
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
