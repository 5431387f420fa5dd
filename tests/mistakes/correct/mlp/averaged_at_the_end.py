import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.2
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        # one dot for both: the last column of ones belongs to the bias
        both = np.column_stack([self.x, np.ones(len(g))]).T @ g
        self.grad_W, self.grad_b = both[:-1], both[-1]
        return g @ self.W.T


class ReLU:
    def forward(self, x):
        self.dead = np.logical_not(x > 0)
        out = x.copy()
        out[self.dead] = 0
        return out

    def backward(self, g):
        g = np.array(g)
        g[self.dead] = 0
        return g


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for n_in, n_out in zip(sizes, sizes[1:]):
            self.layers += [Linear(n_in, n_out), ReLU()]
        self.layers.pop()

    @property
    def linears(self):
        return [layer for layer in self.layers if isinstance(layer, Linear)]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.log_p = X - np.logaddexp.reduce(X, axis=1, keepdims=True)
        return X

    def backward(self, y):
        g = np.exp(self.log_p) - (y.reshape(-1, 1) == range(self.log_p.shape[1]))
        for layer in reversed(self.layers):
            g = layer.backward(g)
        for layer in self.linears:
            layer.grad_W = layer.grad_W / len(y)
            layer.grad_b = layer.grad_b / len(y)
        return g / len(y)

    def update(self, lr):
        for layer in self.linears:
            layer.W = layer.W - lr * layer.grad_W
            layer.b = layer.b - lr * layer.grad_b
