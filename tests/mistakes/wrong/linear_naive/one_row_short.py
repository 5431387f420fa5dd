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
        C = self.W.shape[1]
        self.grad_W = np.zeros((D, C))
        self.grad_b = np.zeros(C)
        grad_input = np.zeros((N, D))
        n = 0
        while n < N - 1:
            for j in range(C):
                self.grad_b[j] += grad_output[n, j]
                for i in range(D):
                    self.grad_W[i, j] += grad_output[n, j] * self.x[n, i]
                    grad_input[n, i] += grad_output[n, j] * self.W[i, j]
            n += 1
        return grad_input
