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
        N, D = self.x.shape
        M = self.W.shape[1]
        self.grad_W = np.zeros((D, M), dtype="float32")
        self.grad_b = np.zeros(M, dtype="float32")
        grad_input = np.zeros((N, D), dtype="float32")
        for n in range(N):
            for j in range(M):
                self.grad_b[j] += grad_output[n, j]
                for i in range(D):
                    self.grad_W[i, j] += self.x[n, i] * grad_output[n, j]
                    grad_input[n, i] += grad_output[n, j] * self.W[i, j]
        return grad_input
