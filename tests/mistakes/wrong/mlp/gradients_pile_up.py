import numpy as np
from dataclasses import dataclass


@dataclass
class Linear:
    n_in: int
    n_out: int

    def __post_init__(self):
        self.W = np.random.normal(0, (2 / self.n_in) ** 0.5, (self.n_in, self.n_out))
        self.b = np.zeros(self.n_out)
        self.zero_grad()

    def zero_grad(self):
        self.grad_W = np.zeros((self.n_in, self.n_out))
        self.grad_b = np.zeros(self.n_out)

    def forward(self, x):
        self.saved = x
        return x @ self.W + self.b

    def backward(self, g):
        self.grad_W += self.saved.T @ g
        self.grad_b += g.sum(axis=0)
        return g @ self.W.T


@dataclass
class ReLU:
    def forward(self, x):
        self.saved = x
        return x.clip(min=0)

    def backward(self, g):
        return g * (self.saved > 0)


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
            if i:
                self.layers.append(ReLU())
            self.layers.append(Linear(a, b))

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        self.logits = out
        return out

    def backward(self, y):
        z = self.logits
        log_p = z - z.max(axis=1, keepdims=True)
        log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
        g = np.exp(log_p)
        g[np.arange(len(y)), y] -= 1
        g /= len(y)
        for layer in reversed(self.layers):
            g = layer.backward(g)
        return g

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
