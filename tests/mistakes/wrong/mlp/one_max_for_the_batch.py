import numpy as np


def affine(x, W, b):
    return x @ W + b


def affine_back(d, x, W):
    return x.T @ d, d.sum(0), d @ W.T


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=1, keepdims=True)


class Linear:
    def __init__(self, a, b):
        self.W = np.random.default_rng().normal(scale=a ** -0.5, size=(a, b))
        self.b = np.zeros(b)
        self.grad_W = self.grad_b = None

    def forward(self, x):
        self.x = x
        return affine(x, self.W, self.b)

    def backward(self, d):
        self.grad_W, self.grad_b, dx = affine_back(d, self.x, self.W)
        return dx


class ReLU:
    def forward(self, x):
        self.keep = x > 0
        return np.where(self.keep, x, 0)

    def backward(self, d):
        return np.where(self.keep, d, 0)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for a, b in zip(sizes, sizes[1:]):
            self.layers.extend((Linear(a, b), ReLU()))
        self.layers = self.layers[:-1]

    def forward(self, X):
        self.logits = X
        for layer in self.layers:
            self.logits = layer.forward(self.logits)
        return self.logits

    def backward(self, y):
        n, c = self.logits.shape
        d = (softmax(self.logits) - np.eye(c)[y]) / n
        for layer in self.layers[::-1]:
            d = layer.backward(d)
        return d

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
