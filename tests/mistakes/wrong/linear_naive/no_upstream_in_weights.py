import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = np.zeros((x.shape[0], self.W.shape[1]))
        for n in range(x.shape[0]):
            for j in range(self.W.shape[1]):
                for i in range(x.shape[1]):
                    y[n, j] += x[n, i] * self.W[i, j]
                y[n, j] += self.b[j]
        return y

    def backward(self, grad_output):
        N = self.x.shape[0]
        D, M = self.W.shape
        self.grad_W = np.zeros((D, M))
        self.grad_b = np.zeros(M)
        out = np.zeros((N, D))
        for n in range(N):
            for i in range(D):
                for j in range(M):
                    # y = x*W so dy/dW = x
                    self.grad_W[i, j] += self.x[n, i]
                    out[n, i] += self.W[i, j] * grad_output[n, j]
        for row in grad_output:
            for j, g in enumerate(row):
                self.grad_b[j] += g
        return out
