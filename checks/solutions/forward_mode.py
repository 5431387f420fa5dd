"""Reference for `forward_mode`: a slope travels beside each value, and nothing is kept.

Every operation is a first-order step: f(u + u'ε) = f(u) + f'(u) · u' · ε, where ε² counts as
nothing. For a product, (u + u'ε)(v + v'ε) = uv + (u'v + uv')ε. A plain number does not move, so
its slope is 0.
"""

import math


class Dual:
    """A value, and how fast it moves along the direction that the inputs were given."""

    def __init__(self, value, slope=0.0):
        self.value = float(value)
        self.slope = float(slope)

    @classmethod
    def _wrap(cls, number):
        """A plain number as a Dual that stands still; a Dual as it is."""
        return number if isinstance(number, Dual) else cls(number)

    def _through(self, value, local):
        """What a function of self alone gives: its value, and the chain rule."""
        return Dual(value, local * self.slope)

    def __add__(self, other):
        other = self._wrap(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = self._wrap(other)
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def __neg__(self):
        return Dual(-self.value, -self.slope)

    def __sub__(self, other):
        other = self._wrap(other)
        return Dual(self.value - other.value, self.slope - other.slope)

    def __truediv__(self, other):
        other = self._wrap(other)
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - quotient * other.slope) / other.value)

    def __pow__(self, n):
        # n is a plain number; x⁰ is 1 everywhere, and 0 · x⁻¹ would fail at x = 0.
        return self._through(self.value**n, n * self.value ** (n - 1) if n else 0.0)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return self._wrap(other) - self

    def __rtruediv__(self, other):
        return self._wrap(other) / self

    def relu(self):
        """max(0, self), with slope 0 at exactly 0."""
        return self._through(max(0.0, self.value), 1.0 if self.value > 0.0 else 0.0)

    def tanh(self):
        t = math.tanh(self.value)
        return self._through(t, 1.0 - t * t)

    def exp(self):
        e = math.exp(self.value)
        return self._through(e, e)
