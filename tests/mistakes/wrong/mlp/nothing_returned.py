import numpy as np


class Linear:
    def __init__(self, size_in, size_out):
        self.W = np.random.normal(0.0, size_in ** -0.5, (size_in, size_out))
        self.b = np.zeros(size_out)

    def forward(self, x):
        self.x = x
        return np.matmul(x, self.W) + self.b

    def backward(self, grad):
        self.grad_W = np.matmul(self.x.T, grad)
        self.grad_b = np.sum(grad, axis=0)
        return np.matmul(grad, self.W.T)

    def update(self, lr):
        self.W = self.W - lr * self.grad_W
        self.b = self.b - lr * self.grad_b


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0.0)

    def backward(self, grad):
        return np.where(self.x > 0, grad, 0.0)

    def update(self, lr):
        pass


class MLP:
    def __init__(self, sizes):
        self.layers = []
        for i in range(len(sizes) - 2):
            self.layers.append(Linear(sizes[i], sizes[i + 1]))
            self.layers.append(ReLU())
        self.layers.append(Linear(sizes[-2], sizes[-1]))

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.z = X
        return X

    def backward(self, y):
        p = np.exp(self.z - self.z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        p[np.arange(len(y)), y] -= 1
        grad = p / len(y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def update(self, lr):
        for layer in self.layers:
            layer.update(lr)
