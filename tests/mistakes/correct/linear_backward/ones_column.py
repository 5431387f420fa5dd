import numpy as np


def with_ones(x):
    return np.concatenate([x, np.ones((x.shape[0], 1))], axis=1)


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x1 = with_ones(x)
        return self.x1 @ np.vstack([self.W, self.b])

    def backward(self, grad_output):
        both = self.x1.T @ grad_output
        self.grad_W, self.grad_b = both[:-1], both[-1]
        return grad_output @ self.W.T
