"""Reference for `attention_backward`: two products with a softmax between, walked backwards.

    Y = A · V            grad_V = Aᵀ · g            grad_A = g · Vᵀ
    A = softmax(S)       grad_S = A · (grad_A − Σ A · grad_A along the row)
    S = Q · Kᵀ / √d      grad_Q = grad_S · K / √d   grad_K = grad_Sᵀ · Q / √d

Each product is a linear layer, one for each sample. A value is heard by all queries, and so is a
key: their gradients sum over the queries, the rows of A. A query's own gradient sums over keys.
"""

import numpy as np


def transposed(matrices):
    """Each matrix (a, b) of a stack (N, a, b) turned into (b, a)."""
    return matrices.transpose(0, 2, 1)


def row_sum(matrices):
    """The sum of each row, (N, T, 1)."""
    return matrices.sum(axis=2, keepdims=True)


class ScaledDotProductAttention:
    """Each query hears an average of all values, weighted by how well their keys answer it."""

    def forward(self, Q, K, V):
        """Return Y (N, T, d) for Q, K, V (N, T, d)."""
        self.Q, self.K, self.V = Q, K, V
        self.scale = self._scale(Q)
        S = Q @ transposed(K) * self.scale
        e = np.exp(S - self._highest(S))
        self.A = e / row_sum(e)
        return self.A @ V

    def _scale(self, Q):
        return 1.0 / np.sqrt(Q.shape[2])

    def _highest(self, S):
        """What to subtract before exp: each row's maximum, (N, T, 1)."""
        return S.max(axis=2, keepdims=True)

    def backward(self, grad_output):
        """Return (grad_Q, grad_K, grad_V), each (N, T, d)."""
        grad_V = transposed(self.A) @ grad_output
        grad_A = grad_output @ transposed(self.V)
        grad_S = self._through_softmax(grad_A)
        grad_Q = grad_S @ self.K * self.scale
        grad_K = transposed(grad_S) @ self.Q * self.scale
        return grad_Q, grad_K, grad_V

    def _through_softmax(self, grad_A):
        return self.A * (grad_A - row_sum(self.A * grad_A))
