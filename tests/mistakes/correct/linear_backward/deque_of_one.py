from collections import deque

import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.saved = deque(maxlen=1)

    def forward(self, x):
        self.saved.append(np.asfortranarray(x))
        return (self.W.T @ x.T).T + self.b

    def backward(self, grad_output):
        x = self.saved[-1]
        self.grad_W = (grad_output.T @ x).T
        self.grad_b = np.cumsum(grad_output, axis=0)[-1]
        return (self.W @ grad_output.T).T
