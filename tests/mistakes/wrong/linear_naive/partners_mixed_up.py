import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        out = []
        for row in x:
            out.append([])
            for j in range(self.W.shape[1]):
                s = self.b[j]
                for i, v in enumerate(row):
                    s = s + v * self.W[i][j]
                out[-1].append(s)
        return np.array(out)

    def backward(self, grad_output):
        N, D = self.x.shape
        M = len(self.b)
        self.grad_W, self.grad_b = np.zeros((D, M)), np.zeros(M)
        grad_input = np.zeros((N, D))
        for n in range(N):
            for j in range(M):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(D):
                    self.grad_W[i, j] += self.W[i, j] * g
                    grad_input[n, i] += self.x[n, i] * g
        return grad_input
