import numpy as np


class Softmax:
    def forward(self, z):
        top = z.max()
        num = np.exp(z - top)
        den = num.sum(axis=1).reshape(-1, 1)
        self.a = num / den
        return self.a

    def backward(self, dA):
        dZ = dA * self.a * (1 - self.a)
        return dZ
