import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - np.max(logits)
        log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        self.cache = (log_p, labels)
        return -np.mean(log_p[np.arange(labels.shape[0]), labels])

    def backward(self):
        log_p, labels = self.cache
        dlogits = np.exp(log_p)
        dlogits[np.arange(labels.shape[0]), labels] -= 1
        return dlogits / labels.shape[0]
