import numpy as np


class Linear:
    def __init__(self, d_in, d_out, reg=1e-3):
        self.W = np.random.randn(d_in, d_out) / np.sqrt(d_in)
        self.b = np.zeros(d_out)
        self.reg = reg

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.grad_W = self.x.T @ dout + 2 * self.reg * self.W
        self.grad_b = dout.sum(axis=0)
        return dout @ self.W.T


class ReLU:
    def forward(self, x):
        self.out = np.maximum(x, 0)
        return self.out

    def backward(self, dout):
        return dout * (self.out > 0)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for d_in, d_out in zip(sizes, sizes[1:]):
            if self.layers:
                self.layers.append(ReLU())
            self.layers.append(Linear(d_in, d_out))

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.scores = X
        return X

    def backward(self, y):
        s = self.scores - self.scores.max(axis=1, keepdims=True)
        p = np.exp(s)
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(len(p)), y] -= 1
        p /= len(p)
        d = p
        for layer in reversed(self.layers):
            d = layer.backward(d)
        return d

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= lr * layer.grad_W
                layer.b -= lr * layer.grad_b
