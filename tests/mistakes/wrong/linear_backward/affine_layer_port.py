import numpy as np


class Linear:

    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) * 1e-2
        self.b = np.zeros(out_features)

    def forward(self, x):
        w, b = self.W, self.b
        N = x.shape[0]
        out = np.reshape(x, (N, -1)).dot(w) + b
        cache = (x, w, b)
        return out, cache

    def backward(self, dout, cache):
        x, w, b = cache
        N = x.shape[0]
        self.grad_W = np.reshape(x, (N, -1)).T.dot(dout)
        self.grad_b = np.sum(dout, axis=0)
        dx = np.dot(dout, w.T).reshape(x.shape)
        return dx
