import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = np.zeros((len(x), len(self.b)))
        for n in range(len(x)):
            for j in range(len(self.b)):
                for i in range(len(self.W)):
                    y[n, j] = x[n, i] * self.W[i, j] + self.b[j]
        return y

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)
        grad_input = np.zeros(self.x.shape)
        for n in range(len(self.x)):
            for j in range(len(self.b)):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(len(self.W)):
                    self.grad_W[i, j] += self.x[n, i] * g
                    grad_input[n, i] += g * self.W[i, j]
        return grad_input
