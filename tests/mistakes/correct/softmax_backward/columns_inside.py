import numpy as np


class Softmax:
    def forward(self, z):
        zt = z.T
        e = np.exp(zt - zt.max(axis=0))
        self.pt = e / e.sum(axis=0)
        return self.pt.T

    def backward(self, grad_output):
        g = grad_output.T
        return (self.pt * (g - (g * self.pt).sum(axis=0))).T
