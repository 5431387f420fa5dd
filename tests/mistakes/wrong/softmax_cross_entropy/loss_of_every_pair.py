import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        self.log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.labels = labels
        return -self.log_p[:, labels].mean()

    def backward(self):
        grad = np.exp(self.log_p)
        N = grad.shape[0]
        grad[np.arange(N), self.labels] -= 1
        return grad / N
