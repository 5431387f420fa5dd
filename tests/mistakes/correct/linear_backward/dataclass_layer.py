from dataclasses import dataclass, field

import numpy as np


@dataclass
class Linear:
    in_features: int
    out_features: int
    cache: dict = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.W = np.random.default_rng().normal(
            scale=0.1, size=(self.in_features, self.out_features))
        self.b = np.zeros(self.out_features)

    def forward(self, x):
        self.cache |= {"x": x.copy()}
        return x @ self.W + self.b

    def backward(self, grad_output):
        match self.cache:
            case {"x": x}:
                self.grad_W = x.T @ grad_output
                self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.W.T
