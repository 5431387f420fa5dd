import numpy as np


class SoftmaxCrossEntropy:
    @staticmethod
    def log_softmax(z):
        z = z - z.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def forward(self, logits, labels):
        self.log_p = self.log_softmax(logits)
        self.hit = labels[:, None] == np.arange(logits.shape[1])[None, :]
        return -self.log_p[self.hit].mean()

    def backward(self):
        return np.where(self.hit, np.expm1(self.log_p), np.exp(self.log_p)) / len(self.hit)
