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
        N, out = grad_output.shape
        inp = self.x.shape[1]
        self.grad_W = np.zeros((out, inp))
        self.grad_b = np.zeros(out)
        grad_input = np.zeros((N, inp))
        for n in range(N):
            for j in range(out):
                self.grad_b[j] += grad_output[n][j]
                for i in range(inp):
                    self.grad_W[j][i] += grad_output[n][j] * self.x[n][i]
                    grad_input[n][i] += grad_output[n][j] * self.W[i][j]
        return grad_input
