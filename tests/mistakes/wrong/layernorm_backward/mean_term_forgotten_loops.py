import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        N, D = x.shape
        self.x_hat = np.zeros((N, D))
        self.std = np.zeros(N)
        for n in range(N):
            row = x[n]
            mean = row.sum() / D
            var = ((row - mean) ** 2).sum() / D
            self.std[n] = (var + self.eps) ** 0.5
            self.x_hat[n] = (row - mean) / self.std[n]
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        N, D = grad_output.shape
        self.grad_gamma = np.zeros(D)
        self.grad_beta = np.zeros(D)
        grad_input = np.zeros((N, D))
        for n in range(N):
            self.grad_gamma += grad_output[n] * self.x_hat[n]
            self.grad_beta += grad_output[n]
            g = grad_output[n] * self.gamma
            dot = (g * self.x_hat[n]).sum()
            for j in range(D):
                grad_input[n, j] = (g[j] - self.x_hat[n, j] * dot / D) / self.std[n]
        return grad_input
