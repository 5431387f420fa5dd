import numpy as np


class Linear:
    """y = x W + b"""

    def __init__(self, in_features, out_features):
        self.W = 0.1 * np.random.randn(in_features, out_features)
        self.b = np.zeros((out_features,))
        self.grads = {}

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.W + self.b

    def backward(self, grad):
        self.grads["W"] = self.inputs.T @ grad
        self.grads["b"] = np.sum(grad, axis=0)
        return grad @ self.W.T
