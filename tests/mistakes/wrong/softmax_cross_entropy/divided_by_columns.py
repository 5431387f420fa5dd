import numpy as np

class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        z = logits - np.max(logits, axis=1, keepdims=True)
        logsum = np.log(np.sum(np.exp(z), axis=1))
        self.p = np.exp(z - logsum[:, None])
        self.labels = labels
        idx = np.arange(z.shape[0])
        return np.mean(logsum - z[idx, labels])

    def backward(self):
        dz = self.p.copy()
        dz[np.arange(len(dz)), self.labels] -= 1
        dz /= dz.shape[1]
        return dz
