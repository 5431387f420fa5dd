import numpy as np


class Linear:
    def __init__(self, nin, nout):
        self.W = np.random.uniform(-1, 1, (nin, nout)) / nin ** 0.5
        self.b = np.zeros(nout)
        self.grad_W, self.grad_b = None, None

    def __call__(self, x, tape):
        def undo(g):
            self.grad_W = x.T @ g
            self.grad_b = g.sum(0)
            return g @ self.W.T
        tape.append(undo)
        return x @ self.W + self.b


class ReLU:
    def __call__(self, x, tape):
        tape.append(lambda g: g * (x > 0))
        return np.maximum(x, 0)


class MLP:
    def __init__(self, sizes):
        self.layers = [Linear(sizes[0], sizes[1])]
        for i in range(1, len(sizes) - 1):
            self.layers.append(ReLU())
            self.layers.append(Linear(sizes[i], sizes[i + 1]))

    def forward(self, X):
        self.tape = []
        for layer in self.layers:
            X = layer(X, self.tape)
        self.out = X
        return X

    def backward(self, y):
        z = self.out - self.out.max(1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        onehot = np.zeros_like(p)
        onehot[range(len(y)), y] = 1.0
        g = (onehot - p) / len(y)
        for undo in reversed(self.tape):
            g = undo(g)
        return g

    def update(self, lr):
        for layer in self.layers:
            if type(layer) is Linear:
                layer.W = layer.W - lr * layer.grad_W
                layer.b = layer.b - lr * layer.grad_b
