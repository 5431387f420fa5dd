"""Reference for `embedding_backward`: every use of a row sends its own blame, and they add.

y[n, t] = W[ids[n, t]], so ∂L/∂W[r] is the sum of grad_output[n, t] over all places (n, t) whose
id is r. `grad_W[ids] += grad_output` would keep one of several: NumPy reads all the rows before
it writes any. `np.add.at` adds them one after another.
"""

import numpy as np


class Embedding:
    """A table of vectors, looked up by row number."""

    def __init__(self, num, dim):
        self.W = np.random.default_rng().normal(scale=0.1, size=(num, dim))

    def forward(self, ids):
        """Return the rows (N, T, D) for ids (N, T)."""
        self.ids = ids
        return self.W[ids]

    def backward(self, grad_output):
        """Set grad_W (num, D) for grad_output (N, T, D); ids have no gradient."""
        self.grad_W = np.zeros_like(self.W)
        np.add.at(self.grad_W, self.ids, grad_output)
