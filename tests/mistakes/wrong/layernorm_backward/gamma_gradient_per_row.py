import numpy as np


def row_mean(a):
    return a.mean(axis=1, keepdims=True)


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        centred = x - row_mean(x)
        self.rstd = 1 / np.sqrt(row_mean(centred**2) + self.eps)
        self.x_hat = centred * self.rstd
        return self.x_hat * self.gamma + self.beta

    def backward(self, grad_output):
        self.grad_gamma = grad_output * self.x_hat
        self.grad_beta = grad_output
        g = grad_output * self.gamma
        return self.rstd * (g - row_mean(g) - self.x_hat * row_mean(g * self.x_hat))
