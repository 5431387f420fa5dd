import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.delta = -np.exp(log_p)
        for n in range(len(labels)):
            self.delta[n, labels[n]] += 1
        return -np.mean([log_p[n, labels[n]] for n in range(len(labels))])

    def backward(self):
        return self.delta
