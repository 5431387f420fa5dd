import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.buffer = None

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        if self.buffer is None:
            self.buffer = np.empty((grad_output.shape[0], self.W.shape[0]))
        self.grad_W = self.x.T @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        np.matmul(grad_output, self.W.T, out=self.buffer)
        return self.buffer.copy()
