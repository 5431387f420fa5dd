import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros(n_out)

    def forward(self, A):
        self.A = A
        return self.W.T @ A + self.b[:, None]

    def backward(self, G):
        self.grad_W = self.A @ G.T
        self.grad_b = G @ np.ones(G.shape[1])
        return self.W @ G


class ReLU:
    def forward(self, A):
        self.A = A
        return (A + np.abs(A)) / 2

    def backward(self, G):
        return G * (self.A > 0)


class MLP:
    def __init__(self, sizes):
        hidden = [l for a, b in zip(sizes, sizes[1:-1]) for l in (Linear(a, b), ReLU())]
        self.layers = hidden + [Linear(sizes[-2], sizes[-1])]

    def forward(self, X):
        A = X.T
        for l in self.layers:
            A = l.forward(A)
        self.A = A
        return A.T

    def backward(self, y):
        C, m = self.A.shape
        E = np.exp(self.A - self.A.max(axis=0))
        P = E / E.sum(axis=0)
        Y = (np.arange(C)[:, None] == y).astype(float)
        G = (P - Y) / m
        for l in reversed(self.layers):
            G = l.backward(G)
        return np.ascontiguousarray(G.T)

    def update(self, lr):
        for l in self.layers:
            if isinstance(l, Linear):
                l.W -= lr * l.grad_W
                l.b -= lr * l.grad_b
