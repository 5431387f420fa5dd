import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        x -= x.mean(axis=1, keepdims=True)
        self.rstd = (np.square(x).mean(axis=1, keepdims=True) + self.eps) ** -0.5
        self.x_hat = x * self.rstd
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        self.grad_gamma = (grad_output * self.x_hat).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        g = grad_output * self.gamma
        a = g.mean(axis=1, keepdims=True)
        b = (g * self.x_hat).mean(axis=1, keepdims=True)
        return self.rstd * (g - a - b * self.x_hat)
