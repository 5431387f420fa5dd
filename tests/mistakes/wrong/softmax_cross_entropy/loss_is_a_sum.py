import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        N, C = logits.shape
        self.grad = np.empty((N, C))
        loss = 0.0
        for n in range(N):
            z = logits[n] - logits[n].max()
            log_p = z - np.log(np.exp(z).sum())
            loss -= log_p[labels[n]]
            self.grad[n] = np.exp(log_p)
            self.grad[n, labels[n]] -= 1.0
        self.grad /= N
        return loss

    def backward(self):
        return self.grad.copy()
