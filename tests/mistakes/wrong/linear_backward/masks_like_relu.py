import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return self.z

    def backward(self, grad_output):
        delta = grad_output * (self.z > 0)
        self.grad_W = self.x.T @ delta
        self.grad_b = delta.sum(axis=0)
        return delta @ self.W.T
