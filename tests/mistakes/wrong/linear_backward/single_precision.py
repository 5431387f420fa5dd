import numpy as np

F = np.float32


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        x, g, w = self.x.astype(F), grad_output.astype(F), self.W.astype(F)
        self.grad_W = (x.T @ g).astype(np.float64)
        self.grad_b = g.sum(axis=0).astype(np.float64)
        return (g @ w.T).astype(np.float64)
