"""Scaled dot-product attention: two products with a softmax between them, there and back.

    Q, K, V        (N, T, d)     queries, keys, values: one row for each position
    S, A           (N, T, T)     scores and weights: row = query, column = key
    grad_output    (N, T, d)     ∂L/∂Y

    forward     S = Q · Kᵀ / √d
                A = softmax of each row of S
                Y = A · V                                  (N, T, d)

    backward    ∂L/∂V, ∂L/∂A     from Y = A · V
                ∂L/∂S            from the softmax of each row
                ∂L/∂Q, ∂L/∂K     from S = Q · Kᵀ / √d

The transposes and products are taken for each sample by itself: `@` works on the last two axes,
and K.transpose(0, 2, 1) is Kᵀ. All three gradients are (N, T, d).
"""

import numpy as np


class ScaledDotProductAttention:
    """Each query hears an average of all values, weighted by how well their keys answer it."""

    def forward(self, Q, K, V):
        """Return Y (N, T, d) for Q, K, V (N, T, d), and keep what backward needs."""
        raise NotImplementedError("TODO: scores, softmax of each row, average of the values")

    def backward(self, grad_output):
        """Return (grad_Q, grad_K, grad_V), each (N, T, d)."""
        raise NotImplementedError("TODO: return grad_Q, grad_K, grad_V")
