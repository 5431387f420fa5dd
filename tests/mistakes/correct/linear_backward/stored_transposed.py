import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self._wt = np.random.default_rng().normal(scale=0.1, size=(out_features, in_features))
        self.b = np.zeros(out_features)

    @property
    def W(self):
        return self._wt.T

    @W.setter
    def W(self, value):
        self._wt = np.array(value).T

    @property
    def grad_W(self):
        return self._grad_wt.T

    def forward(self, x):
        self.x = x
        return x @ self._wt.T + self.b

    def backward(self, grad_output):
        self._grad_wt = grad_output.T @ self.x
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self._wt
