import numpy as np


class ScaledDotProductAttention:
    def softmax(self, s):
        e = np.exp(s - s.max())
        return e / e.sum(axis=-1, keepdims=True)

    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.inv = 1 / np.sqrt(Q.shape[-1])
        self.A = self.softmax(Q @ K.transpose(0, 2, 1) * self.inv)
        return self.A @ V

    def backward(self, grad):
        dV = self.A.transpose(0, 2, 1) @ grad
        # the output of a row times its gradient is what the softmax sum needs
        out = self.A @ self.V
        delta = (out * grad).sum(axis=-1, keepdims=True)
        dS = self.A * (grad @ self.V.transpose(0, 2, 1) - delta) * self.inv
        return dS @ self.K, dS.transpose(0, 2, 1) @ self.Q, dV
