import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(1 / n_in)
        self.b = np.zeros(n_out)

    def forward(self, a_prev):
        self.a_prev = a_prev
        return a_prev @ self.W + self.b

    def backward(self, dz):
        m = dz.shape[0]
        self.grad_W = self.a_prev.T @ dz / m
        self.grad_b = dz.sum(axis=0) / m
        return dz @ self.W.T


class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(0, z)

    def backward(self, da):
        dz = da.copy()
        dz[self.z <= 0] = 0
        return dz


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for l in range(1, len(sizes)):
            self.layers.append(Linear(sizes[l - 1], sizes[l]))
            if l < len(sizes) - 1:
                self.layers.append(ReLU())

    def forward(self, X):
        a = X
        for layer in self.layers:
            a = layer.forward(a)
        t = np.exp(a - a.max(axis=1, keepdims=True))
        self.a_last = t / t.sum(axis=1, keepdims=True)
        return a

    def backward(self, y):
        Y = np.eye(self.a_last.shape[1])[y]
        dz = self.a_last - Y
        for layer in reversed(self.layers):
            dz = layer.backward(dz)
        return dz

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
