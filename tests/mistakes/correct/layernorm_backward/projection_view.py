import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma, self.beta = np.ones(dim), np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        columns = x.T                               # (D, N): one example is one column
        self.scale = 1 / np.sqrt(columns.var(axis=0) + self.eps)
        self.unit = (columns - columns.mean(axis=0)) * self.scale
        return (self.gamma[:, None] * self.unit + self.beta[:, None]).T

    def backward(self, grad_output):
        g = grad_output.T
        d = len(g)
        self.grad_gamma = np.einsum("dn,dn->d", g, self.unit)
        self.grad_beta = g @ np.ones(g.shape[1])
        g = np.diag(self.gamma) @ g
        without_mean = g - np.ones((d, d)) @ g / d
        share = np.einsum("dn,dn->n", self.unit, without_mean) / d
        return np.ascontiguousarray(((without_mean - self.unit * share) * self.scale).T)
