import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.c = x - x.mean(axis=1, keepdims=True)
        self.v = np.mean(self.c**2, axis=1, keepdims=True)
        self.s = np.sqrt(self.v) + self.eps
        return self.gamma * (self.c / self.s) + self.beta

    def backward(self, grad_output):
        n, d = grad_output.shape
        self.grad_gamma = np.sum(grad_output * self.c / self.s, axis=0)
        self.grad_beta = np.sum(grad_output, axis=0)
        dhat = grad_output * self.gamma
        ds = np.sum(dhat * self.c, axis=1, keepdims=True) * (-1 / self.s**2)
        dv = ds * 0.5 / np.sqrt(self.v)
        dc = dhat / self.s + dv * 2 * self.c / d
        return dc - dc.sum(axis=1, keepdims=True) / d
