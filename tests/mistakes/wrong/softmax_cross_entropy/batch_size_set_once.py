import numpy as np


class SoftmaxCrossEntropy:
    N = 0

    def forward(self, logits, labels):
        if not self.N:
            self.N = len(labels)
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p = np.exp(log_p)
        self.y = np.eye(logits.shape[1])[labels]
        return -(self.y * log_p).sum() / len(labels)

    def backward(self):
        return (self.p - self.y) / self.N
