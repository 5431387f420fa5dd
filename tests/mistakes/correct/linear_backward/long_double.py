import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        g = grad_output.astype(np.longdouble)
        gw = np.zeros(self.W.shape, dtype=np.longdouble)
        for row, up in zip(self.x, g):
            gw += np.outer(row, up)
        self.grad_W = gw.astype(np.float64)
        self.grad_b = g.sum(axis=0).astype(np.float64)
        return np.array(g @ self.W.T, dtype=np.float64)
