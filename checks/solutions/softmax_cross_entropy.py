"""Reference for `softmax_cross_entropy`: fused, because two hard things cancel.

Softmax alone has a full Jacobian, cross-entropy alone divides by p. Together they leave p − y.
Working with log p keeps the loss finite where p underflows to 0. The 1/N of the mean enters
here, once, so that the layers below can sum over the batch.
"""

import numpy as np


class SoftmaxCrossEntropy:
    """The mean cross-entropy of softmax(logits) against integer labels."""

    def forward(self, logits, labels):
        """Return the mean loss, one number, for logits (N, C) and labels (N,)."""
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p = np.exp(log_p)
        self.labels = labels
        return -log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        """Return grad_input = ∂L/∂logits = (p − y) / N, (N, C), of the latest forward call."""
        rows = len(self.labels)
        grad_input = self.p.copy()  # p stays as it is: backward may be asked again
        grad_input[np.arange(rows), self.labels] -= 1.0
        return grad_input / rows
