import numpy as np


class Linear:
    def __init__(self, n_prev, n):
        self.W = np.random.randn(n_prev, n) * 0.01
        self.b = np.zeros(n)

    def forward(self, A_prev):
        self.cache = (A_prev, self.W, self.b)
        Z = np.dot(A_prev, self.W) + self.b
        return Z

    def backward(self, dZ):
        A_prev, W, b = self.cache
        m = A_prev.shape[0]

        dW = 1. / m * np.dot(A_prev.T, dZ)
        db = 1. / m * np.sum(dZ, axis=0)
        dA_prev = np.dot(dZ, W.T)

        assert dA_prev.shape == A_prev.shape
        assert dW.shape == W.shape
        assert db.shape == b.shape
        self.grad_W, self.grad_b = dW, db
        return dA_prev
