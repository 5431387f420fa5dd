import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W)

    def backward(self, grad_output):
        self.grad_W = np.dot(self.x.T, grad_output)
        self.grad_b = np.zeros(self.b.shape)
        return np.dot(grad_output, self.W.T)
