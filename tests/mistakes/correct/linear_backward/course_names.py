import numpy as np


class Linear:
    def __init__(self, D, M):
        self.params = {"W": np.random.randn(D, M) * 1e-1, "b": np.zeros(M)}
        self.grads = {}

    W = property(lambda self: self.params["W"], lambda self, v: self.params.update(W=v))
    b = property(lambda self: self.params["b"], lambda self, v: self.params.update(b=v))
    grad_W = property(lambda self: self.grads["dW"])
    grad_b = property(lambda self: self.grads["db"])

    def forward(self, x):
        self.cache = x
        return x.dot(self.W) + self.b

    def backward(self, dout):
        dx = dout.dot(self.W.T)
        dW = self.cache.T.dot(dout)
        db = dout.sum(axis=0)
        self.grads = {"dW": dW, "db": db}
        return dx
