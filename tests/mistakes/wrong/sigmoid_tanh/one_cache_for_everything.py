import numpy as np

_last = {}


class Sigmoid:
    def forward(self, x):
        _last["sigmoid"] = (np.tanh(x / 2) + 1) / 2
        return _last["sigmoid"]

    def backward(self, grad_output):
        y = _last["sigmoid"]
        return grad_output * y * (1 - y)


class Tanh:
    def forward(self, x):
        _last["tanh"] = np.tanh(x)
        return _last["tanh"]

    def backward(self, grad_output):
        return grad_output * (1 - _last["tanh"] ** 2)
