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
        x, W = self.x, self.W
        R, I, J = range(len(x)), range(len(W)), range(len(self.b))
        self.grad_W = [[sum(x[n, i] * grad_output[n, j] for n in R) for j in J] for i in I]
        self.grad_b = [sum(grad_output[n, j] for n in R) for j in J]
        return [[sum(grad_output[n, j] * W[i, j] for j in J) for i in I] for n in R]
