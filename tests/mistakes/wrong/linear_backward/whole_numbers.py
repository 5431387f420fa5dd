import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        rows, cols = self.W.shape
        gw = np.array([[0] * cols] * rows)
        for i in range(rows):
            for j in range(cols):
                gw[i, j] = np.dot(self.x[:, i], grad_output[:, j])
        self.grad_W = gw
        self.grad_b = np.array([grad_output[:, j].sum() for j in range(cols)])
        return grad_output @ self.W.T
