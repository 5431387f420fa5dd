import numpy as np


def _layer(name, function, slope):
    def forward(self, x):
        self.y = function(x)
        return self.y

    def backward(self, grad_output):
        return grad_output * slope(self.y)

    return type(name, (), {"forward": forward, "backward": backward})


Sigmoid = _layer("Sigmoid", lambda x: (np.tanh(x / 2) + 1) / 2, lambda y: y * (1 - y))
Tanh = _layer("Tanh", np.tanh, lambda y: 1 - y * y)
