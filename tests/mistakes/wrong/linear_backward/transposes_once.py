import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.WT = self.W.T.copy()     # faster, only once
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        self.xT = x.T
        return x @ self.W + self.b

    def backward(self, grad_output):
        self.grad_W = self.xT @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.WT
