import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        diff = x[:, None, :] - x[None, :, :]            # (N, N, D)
        self.centred = diff.mean(axis=1)                # x[i] - mean
        self.total = 0.5 * (diff**2).mean(axis=(0, 1)) + self.eps
        return self.beta + self.gamma * self.centred / self.total**0.5

    def backward(self, grad_output):
        self.grad_gamma = np.einsum("nd,nd->d", grad_output, self.centred) / np.sqrt(self.total)
        self.grad_beta = np.einsum("nd->d", grad_output)
        w = grad_output * self.gamma
        pull = (w[:, None, :] - w[None, :, :]).mean(axis=1)
        push = self.centred * (w * self.centred).mean(axis=0) / self.total
        return (pull - push) / np.sqrt(self.total)
