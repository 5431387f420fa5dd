import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def zero_grad(self):
        self.grad_W.fill(0)
        self.grad_b.fill(0)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        self.grad_W += self.x.T @ grad_output
        self.grad_b += grad_output.sum(axis=0)
        return grad_output @ self.W.T
