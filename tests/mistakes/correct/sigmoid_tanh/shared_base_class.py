import numpy as np


class _Pointwise:
    def forward(self, x):
        self._out = type(self)._f(x)
        return self._out

    def backward(self, grad_output):
        return grad_output * type(self)._slope(self._out)


class Sigmoid(_Pointwise):
    @staticmethod
    def _f(x):
        return np.exp(-np.logaddexp(0.0, -x))

    @staticmethod
    def _slope(y):
        return y - y * y


class Tanh(_Pointwise):
    _f = staticmethod(np.tanh)

    @staticmethod
    def _slope(y):
        return (1 - y) * (1 + y)
