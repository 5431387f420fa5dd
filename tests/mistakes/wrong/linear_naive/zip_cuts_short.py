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
        def dot(u, v):
            return sum(a * b for a, b in zip(u, v))

        self.grad_W = np.array([[dot(a, g) for g in grad_output.T] for a in self.x.T])
        self.grad_b = np.array([sum(g) for g in grad_output.T])
        return np.array([[dot(row, col) for col in self.W.T] for row in grad_output])
