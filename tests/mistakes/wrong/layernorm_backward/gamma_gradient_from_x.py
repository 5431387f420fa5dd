import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        mean = x.mean(axis=1, keepdims=True)
        inv = (x.var(axis=1, keepdims=True) + self.eps) ** -0.5
        hat = (x - mean) * inv
        self.cache = (x, hat, inv)
        return self.gamma * hat + self.beta

    def backward(self, grad_output):
        x, hat, inv = self.cache
        self.grad_gamma = np.sum(grad_output * x, axis=0)
        self.grad_beta = np.sum(grad_output, axis=0)
        grad_hat = grad_output * self.gamma
        centre = grad_hat - grad_hat.mean(axis=1, keepdims=True)
        return inv * (centre - hat * np.mean(grad_hat * hat, axis=1, keepdims=True))
