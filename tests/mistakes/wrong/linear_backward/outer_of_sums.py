import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x_total = x.sum(axis=0)
        return x @ self.W + self.b

    def backward(self, grad_output):
        g_total = grad_output.sum(axis=0)
        self.grad_W = np.outer(self.x_total, g_total)
        self.grad_b = g_total
        return grad_output @ self.W.T
