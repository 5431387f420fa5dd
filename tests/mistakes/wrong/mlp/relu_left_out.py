import numpy as np


class Linear:
    def __init__(self, i, o):
        self.W = np.random.normal(scale=(2.0 / i) ** 0.5, size=(i, o))
        self.b = np.zeros((o,))
        self.grad_W = np.zeros((i, o))
        self.grad_b = np.zeros((o,))


class ReLU:
    pass


class MLP:
    def __init__(self, sizes):
        self.layers = []
        last = len(sizes) - 2
        for k in range(len(sizes) - 1):
            self.layers.append(Linear(sizes[k], sizes[k + 1]))
            if k != last:
                self.layers.append(ReLU())

    def forward(self, X):
        # self.acts[k] is what went into layer k
        self.acts = [X]
        for layer in self.layers:
            x = self.acts[-1]
            if isinstance(layer, Linear):
                self.acts.append(x @ layer.W + layer.b)
            else:
                self.acts.append(np.maximum(0, x))
        return self.acts[-1]

    def backward(self, y):
        logits = self.acts[-1]
        exps = np.exp(logits - logits.max(axis=1)[:, None])
        probs = exps / exps.sum(axis=1)[:, None]
        g = probs.copy()
        for row, label in enumerate(y):
            g[row, label] -= 1.0
        g = g / len(y)
        for k in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[k]
            if isinstance(layer, Linear):
                layer.grad_W = self.acts[k].T @ g
                layer.grad_b = g.sum(axis=0)
                g = g @ layer.W.T
        return g

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= lr * layer.grad_W
                layer.b -= lr * layer.grad_b
