import numpy as np

class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        err = grad_output
        self.grad_W = 2 * self.x.T @ err
        self.grad_b = 2 * err.sum(axis=0)
        return err @ self.W.T
