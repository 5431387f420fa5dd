import numpy as np


def T(a):
    return a.transpose((0, 2, 1))


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.q, self.k, self.v = Q, K, V
        self.root = Q.shape[-1] ** 0.5
        e = Q @ T(K) / self.root
        e = np.exp(e - e.max(-1, keepdims=True))
        self.a = e / e.sum(-1, keepdims=True)
        return self.a @ V

    def backward(self, grad):
        da = grad @ T(self.v)
        de = self.a * da
        de = de - self.a * de.sum(-1, keepdims=True)
        de = de / self.root
        return de @ self.k, T(de) @ self.q, self.a @ grad
