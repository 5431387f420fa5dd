import numpy as np
import math


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.uniform(-0.3, 0.3, (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        out = np.zeros((len(x), self.W.shape[1]))
        for n in range(len(x)):
            for j in range(self.W.shape[1]):
                out[n, j] = self.b[j]
                for i in range(self.W.shape[0]):
                    out[n, j] += x[n, i] * self.W[i, j]
        return out

    def backward(self, g):
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)
        gx = np.zeros(self.x.shape)
        for n in range(len(g)):
            for j in range(g.shape[1]):
                self.grad_b[j] += g[n, j]
                for i in range(gx.shape[1]):
                    self.grad_W[i, j] += self.x[n, i] * g[n, j]
                    gx[n, i] += g[n, j] * self.W[i, j]
        return gx


class ReLU:
    def forward(self, x):
        self.x = x
        return np.array([[max(v, 0.0) for v in row] for row in x])

    def backward(self, g):
        return np.array([[d if v > 0 else 0.0 for d, v in zip(dr, vr)] for dr, vr in zip(g, self.x)])


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for k in range(1, len(sizes)):
            self.layers.append(Linear(sizes[k - 1], sizes[k]))
            self.layers.append(ReLU())
        self.layers = self.layers[: 2 * len(sizes) - 3]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.z = X
        return X

    def backward(self, y):
        g = np.zeros(self.z.shape)
        for n, row in enumerate(self.z):
            top = max(row)
            total = sum(math.exp(v - top) for v in row)
            for c, v in enumerate(row):
                g[n, c] = (math.exp(v - top) / total - (1 if c == y[n] else 0)) / len(y)
        for layer in reversed(self.layers):
            g = layer.backward(g)
        return g

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
