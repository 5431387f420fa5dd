"""Softmax and cross-entropy as one: the loss, and where every gradient begins.

    logits        (N, C)      one row for each example
    labels        (N,)        integers from 0 to C − 1, the right class of each row
    p             (N, C)      softmax of each row
    y             (N, C)      one-hot labels: y[n, labels[n]] = 1, everything else 0

    forward     log p[n, c] = logits[n, c] − log Σₖ exp(logits[n, k])
                L = −(1/N) · Σₙ log p[n, labels[n]]               one number

    backward    ∂L/∂logits = (p − y) / N                          (N, C)

The mean over the batch is taken here and nowhere else. Logits may be ±1000: shift each row by
its own maximum before exp, and never take the log of a p that has become 0.
"""

import numpy as np


class SoftmaxCrossEntropy:
    """The mean cross-entropy of softmax(logits) against integer labels."""

    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.log_p, self.labels = log_p, labels
        return -log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        grad = np.exp(self.log_p)
        grad[np.arange(len(self.labels)), self.labels] -= 1
        return grad
