import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.y = np.zeros((0, out_features))

    def forward(self, x):
        self.x = x
        if self.y.shape[0] != x.shape[0]:
            self.y = np.zeros((x.shape[0], self.W.shape[1]))
        for n in range(x.shape[0]):
            for j in range(self.W.shape[1]):
                self.y[n, j] += self.b[j]
                for i in range(x.shape[1]):
                    self.y[n, j] += x[n, i] * self.W[i, j]
        return self.y.copy()

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)
        grad_input = np.zeros(self.x.shape)
        for n in range(len(self.x)):
            for j in range(len(self.b)):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(len(self.W)):
                    self.grad_W[i, j] += self.x[n, i] * g
                    grad_input[n, i] += g * self.W[i, j]
        return grad_input
