import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.centred = x - x.mean(0)
        self.var_eps = (self.centred**2).mean(0) + self.eps
        return self.gamma * self.centred / np.sqrt(self.var_eps) + self.beta

    def backward(self, grad_output):
        n = grad_output.shape[0]
        inv = self.var_eps**-0.5
        self.grad_beta = grad_output.sum(0)
        self.grad_gamma = (grad_output * self.centred).sum(0) * inv
        g = grad_output * self.gamma
        grad_var = (g * self.centred).sum(0) * -0.5 * inv**3
        through_var = grad_var * 2 * self.centred / max(n - 1, 1)
        return g * inv + through_var - (g * inv).mean(0)
