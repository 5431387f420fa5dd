import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        D = x.shape[1]
        self.mu = np.sum(x, axis=1)[:, None] / D
        self.xmu = x - self.mu
        self.sq = self.xmu ** 2
        self.var = np.sum(self.sq, axis=1)[:, None] / D
        self.sqrtvar = np.sqrt(self.var + self.eps)
        self.ivar = 1.0 / self.sqrtvar
        self.xhat = self.xmu * self.ivar
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        N, D = dout.shape
        self.grad_beta = dout.sum(axis=0)
        self.grad_gamma = np.sum(dout * self.xhat, axis=0)
        dxhat = dout * self.gamma
        divar = np.sum(dxhat * self.xmu, axis=1)[:, None]
        dxmu1 = dxhat * self.ivar
        dsqrtvar = divar * -1.0 / self.sqrtvar ** 2
        dvar = 0.5 * self.ivar * dsqrtvar
        dsq = np.ones((N, D)) * dvar / D
        dxmu2 = 2 * self.xmu * dsq
        dmu = -np.sum(dxmu1 + dxmu2, axis=1)[:, None]
        return dxmu1 + dxmu2 + np.ones((N, D)) * dmu / D
