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
        x = self.x
        gW, gb, gx = np.zeros(self.W.shape), np.zeros(self.b.shape), np.zeros(x.shape)
        for n in range(x.shape[0]):
            for i in range(x.shape[1]):
                for j in range(self.W.shape[1]):
                    g = grad_output[n, j]
                    gW[i, j] += x[n, i] * g
                    gx[n, i] += self.W[i, j] * g
                    gb[j] += g
        self.grad_W, self.grad_b = gW, gb
        return gx
