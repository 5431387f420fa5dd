import numpy as np

class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.std = (x.var(axis=1, keepdims=True) + self.eps) ** .5
        self.xh = (x - x.mean(axis=1, keepdims=True)) / self.std
        return self.xh * self.gamma + self.beta

    def backward(self, g):
        self.grad_gamma = (g * self.xh).sum(axis=0)
        self.grad_beta = g.sum(axis=0)
        g = g * self.gamma
        return (g - g.mean(axis=0, keepdims=True) - self.xh * (g * self.xh).mean(axis=0, keepdims=True)) / self.std
