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
        N, n_in = self.x.shape
        n_out = grad_output.shape[1]
        self.grad_W = np.zeros((n_in, n_out))
        self.grad_b = np.zeros(n_out)
        dx = np.zeros((N, n_in))
        for n in range(N):
            for i in range(n_in):
                for j in range(n_out):
                    self.grad_W[i, j] = self.x[n, i] * grad_output[n, j]
                    dx[n, i] += self.W[i, j] * grad_output[n, j]
            for j in range(n_out):
                self.grad_b[j] += grad_output[n, j]
        return dx
