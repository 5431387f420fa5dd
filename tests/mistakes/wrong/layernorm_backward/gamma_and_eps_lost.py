import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim); self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.xMean = x.mean(axis=1, keepdims=True)
        self.xVar = x.var(axis=1, keepdims=True)
        self.xHat = (x - self.xMean) / np.sqrt(self.xVar + self.eps)
        return self.gamma * self.xHat + self.beta

    def backward(self, gradOut):
        D = gradOut.shape[1]
        self.grad_gamma = (gradOut * self.xHat).sum(axis=0)
        self.grad_beta = gradOut.sum(axis=0)
        gHat = gradOut
        sumG = gHat.sum(axis=1, keepdims=True)
        sumGX = (gHat * self.xHat).sum(axis=1, keepdims=True)
        return (D * gHat - sumG - self.xHat * sumGX) / (D * np.sqrt(self.xVar))
