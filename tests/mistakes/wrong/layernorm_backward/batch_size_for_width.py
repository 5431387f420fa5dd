import numpy as np


class LayerNorm:

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        mu = x.mean(axis=1, keepdims=True)
        self.std = np.sqrt(((x - mu) ** 2).mean(axis=1, keepdims=True) + self.eps)
        self.xhat = (x - mu) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        m = len(dout)
        self.grad_gamma = np.sum(dout * self.xhat, axis=0)
        self.grad_beta = np.sum(dout, axis=0)
        dxhat = dout * self.gamma
        total = dxhat.sum(axis=1, keepdims=True)
        along = (dxhat * self.xhat).sum(axis=1, keepdims=True)
        return (dxhat - total / m - self.xhat * along / m) / self.std
