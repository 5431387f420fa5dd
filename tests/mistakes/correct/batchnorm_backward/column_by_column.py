import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        n, dim = x.shape
        self.centring = np.eye(n) - np.full((n, n), 1 / n)
        self.c = self.centring @ x
        self.s = np.array([np.sqrt(np.linalg.norm(self.c[:, j]) ** 2 / n + self.eps) for j in range(dim)])
        y = np.empty((n, dim))
        for j in range(dim):
            y[:, j] = self.gamma[j] * self.c[:, j] / self.s[j] + self.beta[j]
        return y

    def backward(self, grad_output):
        n, dim = grad_output.shape
        self.grad_gamma, self.grad_beta = np.zeros(dim), np.zeros(dim)
        grad_input = np.zeros((n, dim))
        for j in range(dim):
            g, c, s = grad_output[:, j], self.c[:, j], self.s[j]
            self.grad_gamma[j] = g @ c / s
            self.grad_beta[j] = g.sum()
            local = np.eye(n) / s - np.outer(c, c) / (n * s**3)
            grad_input[:, j] = self.gamma[j] * self.centring @ local @ g
        return grad_input
