import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        d = Q.shape[-1]
        S = Q @ K.transpose(0, 2, 1) / np.sqrt(d)
        S = S - S.max(axis=-1, keepdims=True)
        self.P = np.exp(S)
        self.P = self.P / self.P.sum(axis=-1, keepdims=True)
        return self.P @ V

    def backward(self, grad):
        grad_V = self.P.transpose(0, 2, 1) @ grad
        dP = grad @ self.V.transpose(0, 2, 1)
        dS = self.P * (dP - (dP * self.P).sum(axis=-1, keepdims=True))
        grad_Q = dS @ self.K
        grad_K = dS.transpose(0, 2, 1) @ self.Q
        return grad_Q, grad_K, grad_V
