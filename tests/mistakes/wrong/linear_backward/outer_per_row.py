import numpy as np

class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        for xi, gi in zip(self.x, grad_output):
            self.grad_W = np.outer(xi, gi)
        self.grad_b = np.sum(grad_output, 0)
        return grad_output.dot(self.W.T)
