import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma, self.beta = np.ones(dim), np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.x = x
        self.mean = np.mean(x, axis=0)
        self.var = np.var(x, axis=0)
        self.x_norm = (x - self.mean) / np.sqrt(self.var + self.eps)
        return self.gamma * self.x_norm + self.beta

    def backward(self, grad_output):
        m = len(self.x)
        self.grad_gamma = (grad_output * self.x_norm).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        d_norm = grad_output * self.gamma
        d_var = np.sum(d_norm * (self.x - self.mean) * -0.5 * (self.var + self.eps) ** -0.5, axis=0)
        d_mean = np.sum(-d_norm / np.sqrt(self.var + self.eps), axis=0)
        return d_norm / np.sqrt(self.var + self.eps) + d_var * 2 * (self.x - self.mean) / m + d_mean / m
