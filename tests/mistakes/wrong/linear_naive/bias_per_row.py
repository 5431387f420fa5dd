from dataclasses import dataclass, field

import numpy as np


@dataclass
class Linear:
    in_features: int
    out_features: int
    W: np.ndarray = field(init=False)
    b: np.ndarray = field(init=False)

    def __post_init__(self):
        self.W = np.random.normal(0.0, 0.1, (self.in_features, self.out_features))
        self.b = np.zeros(self.out_features)

    def forward(self, x):
        self.x = x
        return np.array([[sum(a * w for a, w in zip(row, col)) + c
                          for col, c in zip(self.W.T, self.b)] for row in x])

    def backward(self, grad_output):
        self.grad_W = np.array([[sum(a * g for a, g in zip(xs, gs)) for gs in grad_output.T]
                                for xs in self.x.T])
        self.grad_b = np.array([sum(row) for row in grad_output])
        return np.array([[sum(g * w for g, w in zip(row, ws)) for ws in self.W]
                         for row in grad_output])
