import numpy as np

class Softmax:
    def forward(self, z):
        rows = []
        for row in z:
            e = np.exp(row - max(row))
            rows.append(e / sum(e))
        self.p = np.array(rows)
        return self.p

    def backward(self, grad_output):
        N, C = self.p.shape
        grad = np.zeros((N, C))
        for n in range(N):
            J = np.zeros((C, C))
            for i in range(C):
                J[i, i] = self.p[n, i] * (1 - self.p[n, i])
            grad[n] = J @ grad_output[n]
        return grad
