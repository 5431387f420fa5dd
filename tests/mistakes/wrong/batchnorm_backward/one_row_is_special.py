import numpy as np

class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.mean = x.mean(axis=0, keepdims=True)
        self.std = np.sqrt(x.var(axis=0, keepdims=True) + self.eps)
        self.xn = (x - self.mean) / self.std
        return self.xn * self.gamma + self.beta

    def backward(self, g):
        self.grad_gamma = (self.xn * g).sum(axis=0)
        self.grad_beta = g.sum(axis=0)
        if len(g) == 1:
            # no statistics with one example
            return g * self.gamma
        g = g * self.gamma
        g = g - g.mean(axis=0) - self.xn * (g * self.xn).mean(axis=0)
        return g / self.std
