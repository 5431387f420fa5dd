import numpy as np


class ScaledDotProductAttention:
    """softmax(Q K^T / sqrt(d)) V"""
    AXIS = 1

    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.c = 1.0 / np.sqrt(Q.shape[2])
        logits = self.c * np.einsum('bqd,bkd->bqk', Q, K)
        w = np.exp(logits - logits.max(axis=self.AXIS, keepdims=True))
        self.w = w / w.sum(axis=self.AXIS, keepdims=True)
        return np.einsum('bqk,bkd->bqd', self.w, V)

    def backward(self, grad):
        g_w = np.einsum('bqd,bkd->bqk', grad, self.V)
        g_logits = self.w * (g_w - (g_w * self.w).sum(axis=self.AXIS, keepdims=True)) * self.c
        return (np.einsum('bqk,bkd->bqd', g_logits, self.K),
                np.einsum('bqk,bqd->bkd', g_logits, self.Q),
                np.einsum('bqk,bqd->bkd', self.w, grad))
