import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in)."""
        self.x = x
        N, D = x.shape
        M = len(self.b)
        y = np.zeros((N, M))
        for n in range(N):
            for j in range(M):
                y[n, j] = self.b[j]
                for i in range(D):
                    y[n, j] += x[n, i] * self.W[i, j]
        return y

    def backward(self, grad_output):
        N, out = grad_output.shape
        inp = self.x.shape[1]
        self.grad_W = np.zeros((inp, out))
        for i in range(inp):
            for j in range(out):
                for n in range(N):
                    self.grad_W[i, j] += self.x[n, i] * grad_output[n, j]
        self.grad_b = np.zeros(out)
        for j in range(out):
            for n in range(N):
                self.grad_b[j] += grad_output[n, j]
        grad_input = np.zeros((N, inp))
        for n in range(N):
            for i in range(inp):
                for j in range(out):
                    grad_input[n, i] += grad_output[n, j] * self.W[j, i]
        return grad_input
