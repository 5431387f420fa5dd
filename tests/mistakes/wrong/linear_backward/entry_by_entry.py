import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        # x (N, in), grad_output (N, out)
        self.grad_b = grad_output.sum(axis=0)
        self.grad_W = self.x * grad_output
        return grad_output @ self.W.T
