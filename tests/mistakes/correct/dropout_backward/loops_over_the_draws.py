import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.p = p
        self.rng = rng
        self.factors = []

    def forward(self, x, training=True):
        draws = self.rng.random(x.shape).reshape(-1) if training else np.ones(x.size)
        p = self.p if training else 0.0
        self.factors = [1.0 / (1.0 - p) if d >= p else 0.0 for d in draws]
        return self.times_factors(x)

    def backward(self, grad_output):
        return self.times_factors(grad_output)

    def times_factors(self, a):
        values = [v * f for v, f in zip(a.reshape(-1), self.factors)]
        return np.array(values, dtype=float).reshape(a.shape)
