import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.randn(num, dim)

    def forward(self, ids):
        self.hot = (ids[..., None] == np.arange(len(self.W))).astype(float)
        return self.hot @ self.W

    def backward(self, grad):
        self.grad_W = np.einsum("ntv,ntd->vd", self.hot, grad)
