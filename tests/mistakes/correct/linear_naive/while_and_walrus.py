from math import fsum

import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = np.empty((len(x), len(self.b)))
        n = -1
        while (n := n + 1) < len(x):
            j = -1
            while (j := j + 1) < len(self.b):
                y[n, j] = fsum([*(x[n] * self.W[:, j]), self.b[j]])
        return y

    def backward(self, grad_output):
        N, I, J = len(self.x), len(self.W), len(self.b)
        self.grad_W, self.grad_b, gx = np.empty((I, J)), np.empty(J), np.empty((N, I))
        for j in range(J):
            self.grad_b[j] = fsum(col := grad_output[:, j])
            for i in range(I):
                self.grad_W[i, j] = fsum(self.x[:, i] * col)
        for n in range(N):
            for i in range(I):
                gx[n, i] = fsum(grad_output[n] * self.W[i])
        return gx
