"""Reference for `softmax_cross_entropy`: fused, because two hard things cancel.

Softmax alone has a full Jacobian, cross-entropy alone divides by p. Together they leave p − y.
Working with log p keeps the loss finite where p underflows to 0. The 1/N of the mean enters
here, once, so that the layers below can sum over the batch.
"""

import numpy as np


def row_max(a):
    """Return the largest entry of each row, as a column (N, 1)."""
    return a.max(axis=1, keepdims=True)


def row_sum(a):
    """Return the sum of each row, as a column (N, 1)."""
    return a.sum(axis=1, keepdims=True)


def log_softmax(logits):
    """Return log p (N, C) for logits (N, C)."""
    shifted = logits - row_max(logits)
    return shifted - np.log(row_sum(np.exp(shifted)))


def one_hot(labels, classes):
    """Return y (N, C) for labels (N,): 1 at each label, 0 elsewhere."""
    return np.eye(classes)[labels]


def mean_loss(log_p, labels):
    """Return −(1/N) · Σₙ log p[n, labels[n]], one number."""
    return -log_p[np.arange(len(labels)), labels].mean()


class SoftmaxCrossEntropy:
    """The mean cross-entropy of softmax(logits) against integer labels."""

    def forward(self, logits, labels):
        """Return the mean loss, one number, for logits (N, C) and labels (N,)."""
        log_p = log_softmax(logits)
        self.p, self.y = np.exp(log_p), one_hot(labels, logits.shape[1])
        return mean_loss(log_p, labels)

    def backward(self):
        """Return grad_input = ∂L/∂logits = (p − y) / N, (N, C), of the latest forward call."""
        return (self.p - self.y) / len(self.p)
