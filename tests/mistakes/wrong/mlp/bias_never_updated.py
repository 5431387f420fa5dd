import numpy as np


class Linear:
    def __init__(self, fi, fo):
        self.W = np.random.standard_normal((fi, fo)) * (2 / fi) ** .5
        self.b = np.zeros(fo)

class ReLU:
    def __init__(self): self.on = None


def forward_linear(l, x):
    l.x = x
    return x @ l.W + l.b

def backward_linear(l, d):
    l.grad_W = l.x.T @ d
    l.grad_b = np.ones(len(d)) @ d
    return d @ l.W.T

def forward_relu(l, x):
    l.on = x > 0
    return np.where(l.on, x, 0)

def backward_relu(l, d):
    return np.where(l.on, d, 0)

FORWARD = {Linear: forward_linear, ReLU: forward_relu}
BACKWARD = {Linear: backward_linear, ReLU: backward_relu}


class MLP:
    def __init__(self, sizes):
        self.layers = [Linear(sizes[0], sizes[1])]
        for fi, fo in zip(sizes[1:], sizes[2:]):
            self.layers += [ReLU(), Linear(fi, fo)]

    def forward(self, X):
        for l in self.layers:
            X = FORWARD[type(l)](l, X)
        self.z = X
        return X

    def backward(self, y):
        d = np.exp(self.z - self.z.max(axis=1, keepdims=True))
        d = d / d.sum(axis=1, keepdims=True)
        d[np.arange(len(y)), y] -= 1
        d = d / len(y)
        for l in self.layers[::-1]:
            d = BACKWARD[type(l)](l, d)
        return d

    def update(self, lr):
        for l in self.layers:
            if isinstance(l, Linear):
                l.W = l.W - lr * l.grad_W
