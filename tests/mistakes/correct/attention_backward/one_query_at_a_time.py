import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.saved = Q, K, V
        self.A = np.zeros((Q.shape[0], Q.shape[1], K.shape[1]))
        out = np.zeros(V.shape)
        for n in range(Q.shape[0]):
            for t in range(Q.shape[1]):
                s = K[n] @ Q[n, t] / np.sqrt(Q.shape[2])
                e = np.exp(s - max(s))
                self.A[n, t] = e / sum(e)
                out[n, t] = self.A[n, t] @ V[n]
        return out

    def backward(self, grad):
        Q, K, V = self.saved
        gQ, gK, gV = np.zeros(Q.shape), np.zeros(K.shape), np.zeros(V.shape)
        for n in range(Q.shape[0]):
            for t in range(Q.shape[1]):
                a = self.A[n, t]
                gV[n] += np.outer(a, grad[n, t])
                J = np.diag(a) - np.outer(a, a)
                gs = J @ (V[n] @ grad[n, t]) / np.sqrt(Q.shape[2])
                gQ[n, t] = gs @ K[n]
                gK[n] += np.outer(gs, Q[n, t])
        return gQ, gK, gV
