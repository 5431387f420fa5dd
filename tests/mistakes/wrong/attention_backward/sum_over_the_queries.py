import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.cache = []
        out = np.zeros((Q.shape[0], Q.shape[1], V.shape[2]))
        for n in range(len(Q)):
            s = Q[n] @ K[n].T / np.sqrt(Q.shape[2])
            a = np.exp(s - s.max(axis=1, keepdims=True))
            a /= a.sum(axis=1, keepdims=True)
            out[n] = a @ V[n]
            self.cache.append((Q[n], K[n], V[n], a))
        return out

    def backward(self, grad):
        gQ, gK, gV = [], [], []
        for g, (q, k, v, a) in zip(grad, self.cache):
            gV.append(a.T @ g)
            ga = g @ v.T
            gs = a * (ga - (ga * a).sum(axis=0, keepdims=True)) / np.sqrt(q.shape[1])
            gQ.append(gs @ k)
            gK.append(gs.T @ q)
        return np.array(gQ), np.array(gK), np.array(gV)
