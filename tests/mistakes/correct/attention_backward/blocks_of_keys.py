import numpy as np


class ScaledDotProductAttention:
    block = 2

    def blocks(self, length):
        return [slice(a, a + self.block) for a in range(0, length, self.block)]

    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.scale = 1 / np.sqrt(Q.shape[2])
        top = np.full(Q.shape[:2] + (1,), -np.inf)
        total = np.zeros_like(top)
        out = np.zeros(Q.shape)
        for s in self.blocks(K.shape[1]):
            scores = self.scale * np.einsum("nqd,nkd->nqk", Q, K[:, s])
            new_top = np.maximum(top, scores.max(axis=2, keepdims=True))
            shrink, e = np.exp(top - new_top), np.exp(scores - new_top)
            total = total * shrink + e.sum(axis=2, keepdims=True)
            out = out * shrink + e @ V[:, s]
            top = new_top
        self.top, self.total, self.out = top, total, out / total
        return self.out

    def backward(self, grad):
        gQ, gK, gV = np.zeros(self.Q.shape), np.empty(self.K.shape), np.empty(self.V.shape)
        delta = (grad * self.out).sum(axis=2, keepdims=True)
        for s in self.blocks(self.K.shape[1]):
            k, v = self.K[:, s], self.V[:, s]
            a = np.exp(self.scale * np.einsum("nqd,nkd->nqk", self.Q, k) - self.top) / self.total
            gs = self.scale * a * (np.einsum("nqd,nkd->nqk", grad, v) - delta)
            gQ += gs @ k
            gK[:, s] = np.einsum("nqk,nqd->nkd", gs, self.Q)
            gV[:, s] = np.einsum("nqk,nqd->nkd", a, grad)
        return gQ, gK, gV
