import numpy as np


class ReLU:
    _mask = None

    def forward(self, x):
        self._x, self._mask = x, x > 0
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        if self._mask is None:
            self._mask = self._x > 0
        grad_input = grad_output * self._mask
        self._mask = None
        return grad_input
