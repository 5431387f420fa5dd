import numpy as np

class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        e = np.exp(logits - logits.max(1, keepdims=True))
        self.p = e / e.sum(1, keepdims=True)
        self.t = labels
        n = self.p.shape[0]
        return -np.sum(np.log(self.p[np.arange(n), self.t] + 1e-12)) / n

    def backward(self):
        n = self.p.shape[0]
        dx = self.p.copy()
        dx[np.arange(n), self.t] -= 1
        dx = dx / n
        return dx
