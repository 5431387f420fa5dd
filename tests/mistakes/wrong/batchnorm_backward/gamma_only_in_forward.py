import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        n = len(x)
        mean = sum(x) / n
        var = sum((row - mean) ** 2 for row in x) / n
        self.sd = np.sqrt(var + self.eps)
        self.z = np.array([(row - mean) / self.sd for row in x])
        return np.array([self.gamma * row + self.beta for row in self.z])

    def backward(self, grad_output):
        n = len(grad_output)
        self.grad_beta = sum(grad_output)
        self.grad_gamma = sum(g * z for g, z in zip(grad_output, self.z))
        rows = []
        for g, z in zip(grad_output, self.z):
            rows.append((n * g - self.grad_beta - z * self.grad_gamma) / (n * self.sd))
        return np.array(rows)
