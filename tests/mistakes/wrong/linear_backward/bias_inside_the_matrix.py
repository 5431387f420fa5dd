import numpy as np


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.theta = np.vstack([self.W, self.b])

    def forward(self, x):
        self.x1 = with_ones(x)
        return self.x1 @ self.theta

    def backward(self, grad_output):
        grad_theta = self.x1.T @ grad_output
        self.grad_W, self.grad_b = grad_theta[:-1], grad_theta[-1]
        return (grad_output @ self.theta.T)[:, :-1]
