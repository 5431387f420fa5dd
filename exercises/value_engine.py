"""An autograd engine for numbers: any expression, its value, and all of its slopes.

Each Value keeps one edge for each operand, a pair (operand, slope), written when the operation is
computed. The slopes, for operands u and v with results t = tanh(u) and e = exp(u):

    u + v       1, 1                    u ** n      n · uⁿ⁻¹        (n a plain number)
    u − v       1, −1                   −u          −1
    u · v       v, u                    relu(u)     1 if u > 0, else 0
    u / v       1/v, −u/v²              tanh(u)     1 − t²
                                        exp(u)      e

    backward    ∂L/∂node = Σ over the nodes that use it: slope on the edge · ∂L/∂user

Wherever an operator takes a Value it also takes a plain number: x + 2, 2 − x, 1 / x.
"""

import math


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges  # one (operand, slope) for each operand

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

    # Python calls these when the left side is a plain number.

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

    def backward(self):
        """Set `grad` to ∂self/∂node in every node that self was made of, and in self.

        First clears these gradients, so that a second call gives what the first one gave. Works
        for graphs of any depth, so it does not call itself.
        """
        raise NotImplementedError("TODO: order, clear, seed, then hand back")
