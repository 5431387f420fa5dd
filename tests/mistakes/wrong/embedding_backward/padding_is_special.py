import numpy as np


class Embedding:
    def __init__(self, num, dim):
        self.W = np.random.randn(num, dim) * 0.1
        self.pad = 0

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, grad):
        self.grad_W = np.zeros_like(self.W)
        for seq, g_seq in zip(self.ids, grad):
            for tok, g in zip(seq, g_seq):
                self.grad_W[tok] = g
        self.grad_W[self.pad] = 0
