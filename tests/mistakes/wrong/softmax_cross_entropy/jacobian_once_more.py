import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        z = logits - logits.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.p, self.labels = np.exp(log_p), labels
        return -log_p[np.arange(len(labels)), labels].mean()

    def _softmax_backward(self, g):
        return self.p * (g - (g * self.p).sum(axis=1, keepdims=True))

    def backward(self):
        N = len(self.labels)
        g = self.p.copy()
        g[np.arange(N), self.labels] -= 1
        return self._softmax_backward(g / N)
