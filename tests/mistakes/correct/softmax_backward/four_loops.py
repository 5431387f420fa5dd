import math

import numpy as np


class Softmax:
    def forward(self, z):
        N, C = z.shape
        p = np.zeros((N, C))
        for n in range(N):
            top = max(z[n])
            total = 0.0
            for c in range(C):
                p[n, c] = math.exp(z[n, c] - top)
                total += p[n, c]
            for c in range(C):
                p[n, c] /= total
        self.p = p
        return p

    def backward(self, grad_output):
        N, C = self.p.shape
        grad_input = np.zeros((N, C))
        for n in range(N):
            for k in range(C):
                for i in range(C):
                    same = 1.0 if i == k else 0.0
                    grad_input[n, k] += grad_output[n, i] * self.p[n, i] * (same - self.p[n, k])
        return grad_input
