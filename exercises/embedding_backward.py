"""Embedding: a table of vectors, looked up by number. What is used twice is blamed twice.

    ids            (N, T)        integers from 0 to num − 1
    W              (num, D)      one row for each id
    grad_output    (N, T, D)     ∂L/∂y

    forward     y[n, t] = W[ids[n, t]]                                  (N, T, D)

    backward    ∂L/∂W[r] = Σ ∂L/∂y[n, t]  over all n, t with ids[n, t] = r
                                                                        (num, D)

Ids are no quantities that could move a little, so there is no gradient to return.
"""

import numpy as np


class Embedding:
    """A table of vectors, looked up by row number."""

    def __init__(self, num, dim):
        self.W = np.random.default_rng().normal(scale=0.1, size=(num, dim))

    def forward(self, ids):
        """Return the rows (N, T, D) for ids (N, T), and keep what backward needs."""
        raise NotImplementedError("TODO: look the rows up")

    def backward(self, grad_output):
        """Set grad_W (num, D) for grad_output (N, T, D); return nothing."""
        raise NotImplementedError("TODO: set grad_W")
