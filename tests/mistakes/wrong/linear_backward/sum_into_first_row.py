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
        self.grad_W = self.x.T @ grad_output
        grad_input = grad_output @ self.W.T
        total = grad_output[0]
        for row in grad_output[1:]:
            total += row
        self.grad_b = total
        return grad_input
