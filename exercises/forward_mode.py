"""Forward mode: a slope that travels with the value.

A Dual is a pair: the value u, and u', how fast u moves. Each operation makes the pair of its
result from the pairs of its operands:

    (u, u') + (v, v')   =   (u + v,   u' + v')
    (u, u') · (v, v')   =   (u · v,   u' · v + u · v')
    f((u, u'))          =   (f(u),    f'(u) · u')

The slopes of the inputs are set from outside and say what is asked: 1 for the input that moves, 0
for those that stand still. Wherever an operator takes a Dual it also takes a plain number, which
stands still. There is no graph, and no way back.
"""

import math


class Dual:
    """A value, and how fast it moves along the direction that the inputs were given."""

    def __init__(self, value, slope=0.0):
        self.value = float(value)
        self.slope = float(slope)

    def __add__(self, other):
        raise NotImplementedError("TODO: self + other")

    def __mul__(self, other):
        raise NotImplementedError("TODO: self * other")

    def __neg__(self):
        raise NotImplementedError("TODO: -self")

    def __sub__(self, other):
        raise NotImplementedError("TODO: self - other")

    def __truediv__(self, other):
        raise NotImplementedError("TODO: self / other")

    def __pow__(self, n):
        raise NotImplementedError("TODO: self ** n, n a plain number")

    def __radd__(self, other):
        raise NotImplementedError("TODO: other + self")

    def __rmul__(self, other):
        raise NotImplementedError("TODO: other * self")

    def __rsub__(self, other):
        raise NotImplementedError("TODO: other - self")

    def __rtruediv__(self, other):
        raise NotImplementedError("TODO: other / self")

    def relu(self):
        raise NotImplementedError("TODO: max(0, self), with slope 0 at exactly 0")

    def tanh(self):
        raise NotImplementedError("TODO: use math.tanh")

    def exp(self):
        raise NotImplementedError("TODO: use math.exp")
