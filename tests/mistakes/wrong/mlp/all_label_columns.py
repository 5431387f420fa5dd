import numpy as np


class Linear:
    def __init__(self, i, o):
        self.W, self.b = np.random.randn(i, o) * i ** -0.5, np.zeros(o)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.grad_W, self.grad_b = self.x.T @ g, g.sum(0)
        return g @ self.W.T


class ReLU:
    def forward(self, x):
        self.x = x
        return x * (x > 0)

    def backward(self, g):
        return g * (self.x > 0)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for i, o in zip(sizes, sizes[1:]):
            self.layers += [Linear(i, o), ReLU()]
        self.layers.pop(-1)

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.z = X
        return X

    def _softmax(self):
        e = np.exp(self.z - self.z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def backward(self, y):
        p = self._softmax()
        p[:, y] -= 1
        g = p / len(y)
        for layer in self.layers[::-1]:
            g = layer.backward(g)
        return g

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= lr * layer.grad_W
                layer.b -= lr * layer.grad_b
