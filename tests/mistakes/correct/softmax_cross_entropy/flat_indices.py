from dataclasses import dataclass

import numpy as np


@dataclass
class Cache:
    log_p: np.ndarray
    flat: np.ndarray


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        N, C = logits.shape
        z = np.ascontiguousarray(logits) - logits.max(axis=1).reshape(N, 1)
        log_p = np.ascontiguousarray(z - np.log(np.exp(z).sum(axis=1)).reshape(N, 1))
        self.cache = Cache(log_p, np.arange(N) * C + labels)
        return -log_p.ravel()[self.cache.flat].sum() / N

    def backward(self):
        grad = np.exp(self.cache.log_p)
        grad.ravel()[self.cache.flat] -= 1
        return grad / grad.shape[0]
