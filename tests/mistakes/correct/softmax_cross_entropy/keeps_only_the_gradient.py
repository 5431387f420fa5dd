import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p, self.labels, self.grad = np.exp(log_p), labels, None
        return -log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        if self.grad is None:
            self.grad = self.p
            self.grad[np.arange(len(self.p)), self.labels] -= 1
            self.grad /= len(self.p)
            self.grad.setflags(write=False)
            del self.p, self.labels
        return self.grad
