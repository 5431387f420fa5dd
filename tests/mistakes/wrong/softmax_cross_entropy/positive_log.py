import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        top = logits.max(axis=1, keepdims=True)
        sums = np.exp(logits - top).sum(axis=1, keepdims=True)
        self.log_p = logits - top - np.log(sums)
        self.y = np.zeros_like(logits)
        np.put_along_axis(self.y, labels[:, None], 1.0, axis=1)
        return np.take_along_axis(self.log_p, labels[:, None], axis=1).mean()

    def backward(self):
        return (np.exp(self.log_p) - self.y) / self.y.shape[0]
