import numpy as np


class Linear:
    def __init__(self, in_features, out_features, lr=0.01):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.lr = lr

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        grad_input = grad_output @ self.W.T
        self.grad_W = self.x.T @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        self.W -= self.lr * self.grad_W
        self.b -= self.lr * self.grad_b
        return grad_input
