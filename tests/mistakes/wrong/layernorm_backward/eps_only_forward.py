import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.x = x
        self.mu = x.mean(1, keepdims=True)
        self.var = x.var(1, keepdims=True)
        self.x_hat = (x - self.mu) / np.sqrt(self.var + self.eps)
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        std = np.sqrt(self.var)
        self.grad_gamma = (grad_output * self.x_hat).sum(0)
        self.grad_beta = grad_output.sum(0)
        g = grad_output * self.gamma
        mean_g = g.mean(1, keepdims=True)
        mean_gx = (g * self.x_hat).mean(1, keepdims=True)
        return (g - mean_g - self.x_hat * mean_gx) / std
