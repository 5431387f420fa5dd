"""Reference for `optimizers`: one direction for each name, and the same step for all three.

They differ in the direction alone. Adam's averages begin at 0 and are too small for a while: after
t steps the weights of the gradients in m add up to 1 − beta1ᵗ, and dividing by that makes m̂ a
true average. eps stands outside the root, where it is a bound on the divisor and no more.
"""

import numpy as np


class Optimizer:
    """p ← p − lr · direction, for every name."""

    def step(self, parameters, gradients):
        """Return the parameters after one step, as a new dict."""
        return {
            name: value - self.lr * self.direction(name, gradients[name])
            for name, value in parameters.items()
        }


class SGD(Optimizer):
    """Against the gradient."""

    def __init__(self, lr):
        self.lr = lr

    def direction(self, _, grad):
        """The gradient itself."""
        return grad


class Momentum(Optimizer):
    """Against a running sum of gradients, in which old ones fade."""

    def __init__(self, lr, beta=0.9):
        self.lr = lr
        self.beta = beta
        self.v = {}

    def direction(self, name, grad):
        """The running sum, with this gradient in it."""
        self.v[name] = self.beta * self.v.get(name, 0.0) + grad
        return self.v[name]


class Adam(Optimizer):
    """Against an average of gradients, divided by their usual size, entry by entry."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.m, self.v = {}, {}
        self.t = 0

    def step(self, parameters, gradients):
        """Return the parameters after one step, as a new dict."""
        self.t += 1
        return super().step(parameters, gradients)

    def direction(self, name, grad):
        """The average gradient over the root of the average square."""
        m = self.m[name] = self.fade(self.m.get(name, 0.0), grad, self.beta1)
        v = self.v[name] = self.fade(self.v.get(name, 0.0), grad**2, self.beta2)
        return self.ratio(self.corrected(m, self.beta1), self.corrected(v, self.beta2))

    def fade(self, average, new, beta):
        """A little of the new, the rest of the old."""
        return beta * average + (1.0 - beta) * new

    def corrected(self, average, beta):
        """What the average would be if it had not begun at 0."""
        return average / (1.0 - beta**self.t)

    def ratio(self, m, v):
        """About ±1 where gradients agree, near 0 where they contradict each other."""
        return m / (np.sqrt(v) + self.eps)
