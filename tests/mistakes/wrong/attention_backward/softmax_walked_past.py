import numpy as np


class ScaledDotProductAttention:

    def forward(self, Q, K, V):
        self.Q = Q
        self.K = K
        self.V = V
        self.scores = Q @ np.transpose(K, (0, 2, 1)) / np.sqrt(Q.shape[-1])
        m = np.max(self.scores, axis=-1, keepdims=True)
        e = np.exp(self.scores - m)
        self.weights = e / np.sum(e, axis=-1, keepdims=True)
        return self.weights @ V

    def backward(self, grad):
        d_weights = grad @ np.transpose(self.V, (0, 2, 1))
        d_scores = d_weights / np.sqrt(self.Q.shape[-1])
        d_Q = d_scores @ self.K
        d_K = np.transpose(d_scores, (0, 2, 1)) @ self.Q
        d_V = np.transpose(self.weights, (0, 2, 1)) @ grad
        return d_Q, d_K, d_V
