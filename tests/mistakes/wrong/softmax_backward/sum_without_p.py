import numpy as np


class Softmax:
    def forward(self, z):
        self.p = np.apply_along_axis(self._row, 1, z)
        return self.p

    @staticmethod
    def _row(r):
        e = np.exp(r - r.max())
        return e / e.sum()

    def backward(self, grad_output):
        out = np.empty(self.p.shape)
        for n, (p, g) in enumerate(zip(self.p, grad_output)):
            out[n] = p * (g - sum(g))
        return out
