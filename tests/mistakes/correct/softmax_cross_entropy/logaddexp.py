import numpy as np


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        labels = np.asarray(labels)[:, np.newaxis]
        total = np.logaddexp.reduce(logits, axis=1)
        self.saved = logits, labels, total
        return float(np.mean(total - np.take_along_axis(logits, labels, axis=1)[:, 0]))

    def backward(self):
        logits, labels, total = self.saved
        p = np.exp(logits - total[:, np.newaxis])
        columns = np.arange(logits.shape[1])
        return (p - (labels == columns)) / logits.shape[0]
