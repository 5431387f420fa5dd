import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.d = Q.shape[-1]
        z = Q @ K.transpose(0, 2, 1) / self.d
        z = np.exp(z - z.max(axis=2, keepdims=True))
        self.p = z / z.sum(axis=2, keepdims=True)
        return self.p @ V

    def backward(self, grad):
        gp = grad @ self.V.transpose(0, 2, 1)
        gz = gp * self.p * (1 - self.p)
        gz = gz / self.d
        return gz @ self.K, gz.transpose(0, 2, 1) @ self.Q, self.p.transpose(0, 2, 1) @ grad
