import numpy as np
from dataclasses import dataclass, field


@dataclass
class Linear:
    W: np.ndarray
    b: np.ndarray
    grad_W: np.ndarray = None
    grad_b: np.ndarray = None


@dataclass
class ReLU:
    pass


class MLP:
    """The layers hold the numbers, the network does the work."""

    def __init__(self, sizes):
        rng = np.random.default_rng(0)
        self.layers = []
        for i in range(len(sizes) - 1):
            W = rng.standard_normal((sizes[i], sizes[i + 1])) / np.sqrt(sizes[i])
            self.layers += [Linear(W, np.zeros(sizes[i + 1])), ReLU()]
        del self.layers[-1]

    def forward(self, X):
        self.inputs = []
        a = X
        for layer in self.layers:
            self.inputs.append(a)
            if isinstance(layer, Linear):
                a = np.einsum("ni,io->no", a, layer.W) + layer.b
            else:
                a = np.maximum(a, 0.0)
        self.z = a
        return a

    def backward(self, y):
        n = y.shape[0]
        e = np.exp(self.z - np.max(self.z, axis=1, keepdims=True))
        p = e / np.sum(e, axis=1, keepdims=True)
        delta = (p - np.eye(p.shape[1])[y]) / n
        for layer, a in zip(self.layers[::-1], self.inputs[::-1]):
            if isinstance(layer, ReLU):
                delta = np.where(a > 0, delta, 0.0)
                continue
            layer.grad_W = np.einsum("ni,no->io", a, delta) / n
            layer.grad_b = np.einsum("no->o", delta) / n
            delta = np.einsum("no,io->ni", delta, layer.W)
        return delta

    def update(self, lr):
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
