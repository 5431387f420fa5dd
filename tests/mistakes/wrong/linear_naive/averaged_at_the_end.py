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
        num = grad_output.shape[0]
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)
        dx = np.zeros(self.x.shape)
        for n in range(num):
            for j in range(self.W.shape[1]):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(self.W.shape[0]):
                    self.grad_W[i, j] += self.x[n, i] * g
                    dx[n, i] += g * self.W[i, j]
        self.grad_W /= num
        self.grad_b /= num
        return dx
