import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.N = x.shape[0]
        mu = 1. / self.N * np.sum(x, axis=0)
        self.xmu = x - mu
        var = 1. / self.N * np.sum(self.xmu ** 2, axis=0)
        self.ivar = 1. / np.sqrt(var + self.eps)
        self.xhat = self.xmu * self.ivar
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        self.grad_beta = np.sum(dout, axis=0)
        self.grad_gamma = np.sum(dout * self.xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * self.xmu, axis=0)
        dvar = -0.5 * self.ivar ** 3 * divar
        dx1 = dxhat * self.ivar + dvar * 2 * self.xmu / self.N
        return dx1
