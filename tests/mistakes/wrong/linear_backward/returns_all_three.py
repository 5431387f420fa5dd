import numpy as np


class Linear:
    def __init__(self, D, M):
        self.W = np.random.normal(0, 1e-1, (D, M))
        self.b = np.zeros(M)

    def forward(self, x):
        out = x.dot(self.W) + self.b
        self.cache = x
        return out

    def backward(self, dout):
        x = self.cache
        dx = np.dot(dout, self.W.T)
        dW = np.dot(x.T, dout)
        db = np.sum(dout, axis=0)
        self.grad_W = dW
        self.grad_b = db
        return dx, dW, db
