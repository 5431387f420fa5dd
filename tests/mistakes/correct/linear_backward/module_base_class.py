from abc import ABC, abstractmethod

import numpy as np


class Module(ABC):
    def forward(self, *inputs):
        self.inputs = inputs
        return self.compute(*inputs)

    def backward(self, grad_output):
        return self.pull(grad_output, *self.inputs)

    @abstractmethod
    def compute(self, x): ...

    @abstractmethod
    def pull(self, g, x): ...


class Linear(Module):
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def compute(self, x):
        return x @ self.W + self.b

    def pull(self, g, x):
        self.grad_W, self.grad_b = x.T @ g, g.sum(axis=0)
        return g @ self.W.T
