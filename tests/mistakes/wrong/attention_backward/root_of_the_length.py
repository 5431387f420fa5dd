import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        N, T, d = Q.shape
        self.Q, self.K, self.V = Q, K, V
        self.scale = np.sqrt(T)
        scores = (Q @ K.swapaxes(-1, -2)) / self.scale
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        self.A = scores
        return self.A @ V

    def backward(self, grad):
        dA = grad @ self.V.swapaxes(-1, -2)
        dS = self.A * (dA - np.sum(self.A * dA, axis=-1, keepdims=True)) / self.scale
        return dS @ self.K, dS.swapaxes(-1, -2) @ self.Q, self.A.swapaxes(-1, -2) @ grad
