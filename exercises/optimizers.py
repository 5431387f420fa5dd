"""Three ways to step downhill: SGD, momentum, Adam.

    parameters    a dict: name -> array
    gradients     a dict with the same names: name -> ∂L/∂parameter, shaped like it

    step(parameters, gradients) returns a new dict with the parameters after one step. The arrays
    that it is given are not yours to write into.

    What an optimizer remembers, it remembers for each name apart. At first all of it is 0.
    lr is a plain attribute, and may be changed between two steps.

    g: the gradient, p: the parameter, all operations entry by entry

    SGD         p ← p − lr · g

    Momentum    v ← beta · v + g
                p ← p − lr · v

    Adam        m ← beta1 · m + (1 − beta1) · g
                v ← beta2 · v + (1 − beta2) · g²
                m̂ = m / (1 − beta1ᵗ),   v̂ = v / (1 − beta2ᵗ)       t = 1 in the first step
                p ← p − lr · m̂ / (√v̂ + eps)

Adam as in Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015; momentum as in
torch.optim.SGD.
"""

import numpy as np


class SGD:
    """Against the gradient."""

    def __init__(self, lr):
        self.lr = lr

    def step(self, parameters, gradients):
        """Return the parameters after one step, as a new dict."""
        raise NotImplementedError("TODO: p - lr * g for every name")


class Momentum:
    """Against a running sum of gradients, in which old ones fade."""

    def __init__(self, lr, beta=0.9):
        self.lr = lr
        self.beta = beta

    def step(self, parameters, gradients):
        """Return the parameters after one step, as a new dict."""
        raise NotImplementedError("TODO: keep a v for every name, and step along it")


class Adam:
    """Against an average of gradients, divided by their usual size, entry by entry."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps

    def step(self, parameters, gradients):
        """Return the parameters after one step, as a new dict."""
        raise NotImplementedError("TODO: keep m and v for every name, and count the steps")
