"""Reference for `sigmoid_tanh`: the output is all that backward needs, so it is what is kept.

Sigmoid: with u = 1 + e⁻ˣ and y = 1/u, ∂y/∂x = e⁻ˣ/u² = (1/u) · (u − 1)/u = y · (1 − y).
Tanh: with a = eˣ − e⁻ˣ, c = eˣ + e⁻ˣ and y = a/c, the slope of each of the two is the other,
so ∂y/∂x = (c² − a²)/c² = 1 − y².

1/(1 + e⁻ˣ) is safe above 0 and, multiplied out by eˣ, eˣ/(1 + eˣ) is safe below. Both have the
denominator 1 + e to the power −|x|, so exp never sees anything above 0.
"""

import numpy as np


class Sigmoid:
    """The logistic function, as a layer without parameters."""

    def forward(self, x):
        """Return 1 / (1 + e⁻ˣ), shaped like x, safe at ±1000."""
        e = np.exp(-np.abs(x))
        self.y = np.where(x >= 0, 1.0, e) / (1.0 + e)
        return self.y

    def backward(self, grad_output):
        """Return ∂L/∂x = ∂L/∂y · y · (1 − y), shaped like x."""
        return grad_output * self.y * (1.0 - self.y)


class Tanh:
    """The hyperbolic tangent, as a layer without parameters."""

    def forward(self, x):
        """Return tanh(x), shaped like x."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_output):
        """Return ∂L/∂x = ∂L/∂y · (1 − y²), shaped like x."""
        return grad_output * (1.0 - self.y**2)
