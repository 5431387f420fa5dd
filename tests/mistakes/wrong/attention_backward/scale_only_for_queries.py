import numpy as np

class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.Qs = Q / Q.shape[2] ** 0.5
        self.Q, self.K, self.V = Q, K, V
        scores = np.einsum("ntd,nsd->nts", self.Qs, K)
        weights = np.exp(scores - scores.max(axis=2)[:, :, None])
        self.weights = weights / weights.sum(axis=2)[:, :, None]
        return np.einsum("nts,nsd->ntd", self.weights, V)

    def backward(self, grad):
        dV = np.einsum("nts,ntd->nsd", self.weights, grad)
        dA = np.einsum("ntd,nsd->nts", grad, self.V)
        inner = np.einsum("nts,nts->nt", dA, self.weights)
        dS = self.weights * (dA - inner[:, :, None])
        dQ = np.einsum("nts,nsd->ntd", dS, self.K) / self.Q.shape[2] ** 0.5
        dK = np.einsum("nts,ntd->nsd", dS, self.Q)
        return dQ, dK, dV
