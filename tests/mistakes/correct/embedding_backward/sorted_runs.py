import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.default_rng().normal(size=(num, dim))
        self.grad_W = np.zeros((num, dim))

    def forward(self, ids):
        flat = ids.ravel()
        self.order = np.argsort(flat, kind="stable")
        self.tokens, self.starts = np.unique(flat[self.order], return_index=True)
        return self.W[flat].reshape(ids.shape + self.W.shape[1:])

    def backward(self, grad):
        rows = grad.reshape(-1, grad.shape[-1])[self.order]
        self.grad_W = np.zeros(self.W.shape)
        if len(self.tokens):
            self.grad_W[self.tokens] = np.add.reduceat(rows, self.starts, axis=0)
