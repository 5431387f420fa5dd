import numpy as np


class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, grad_output):
        grad = np.zeros_like(self.p)
        for n, p in enumerate(self.p):
            for k in range(len(p)):
                for i in range(len(p)):
                    if i == k:
                        d = p[i] * (1 - p[k])
                    else:
                        d = p[i] * p[k]
                    grad[n, k] += grad_output[n, i] * d
        return grad
