import numpy as np


class Linear:
    """Like nn.Linear: y = x A^T + b"""

    def __init__(self, in_features, out_features):
        bound = 1 / np.sqrt(in_features)
        self.W = np.random.uniform(-bound, bound, (out_features, in_features))
        self.b = np.random.uniform(-bound, bound, out_features)

    def forward(self, input):
        self.input = input
        return input @ self.W.T + self.b

    def backward(self, grad_output):
        self.grad_W = grad_output.T @ self.input
        self.grad_b = grad_output.sum(0)
        return grad_output @ self.W
