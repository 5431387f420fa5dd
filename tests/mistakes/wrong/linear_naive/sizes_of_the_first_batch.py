import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.N = None

    def forward(self, x):
        self.x = x
        self.N = self.N or x.shape[0]
        y = np.zeros((self.N, self.W.shape[1]))
        for n in range(self.N):
            for j in range(self.W.shape[1]):
                y[n, j] = self.b[j] + sum(x[n, i] * self.W[i, j] for i in range(x.shape[1]))
        return y

    def backward(self, grad_output):
        self.grad_W, self.grad_b = np.zeros(self.W.shape), np.zeros(self.b.shape)
        grad_input = np.zeros((self.N, self.W.shape[0]))
        for n in range(self.N):
            for j in range(self.W.shape[1]):
                self.grad_b[j] += grad_output[n, j]
                for i in range(self.W.shape[0]):
                    self.grad_W[i, j] += self.x[n, i] * grad_output[n, j]
                    grad_input[n, i] += grad_output[n, j] * self.W[i, j]
        return grad_input
