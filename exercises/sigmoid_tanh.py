"""Sigmoid and tanh: two smooth squeezes, and slopes that can be read off the output.

    x              any shape
    y              shaped like x, the output
    grad_output    ∂L/∂y, shaped like x
    grad_input     ∂L/∂x, shaped like x

    sigmoid    y = 1 / (1 + e⁻ˣ)                      ∂L/∂x = ∂L/∂y · y · (1 − y)
    tanh       y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)            ∂L/∂x = ∂L/∂y · (1 − y²)

Everything is done entry by entry. exp(1000) is too large for a float64, yet x may be ±1000: let
exp see nothing above 0.
"""

import numpy as np


class Sigmoid:
    """The logistic function, as a layer without parameters."""

    def forward(self, x):
        """Return 1 / (1 + e⁻ˣ), shaped like x, safe at ±1000."""
        raise NotImplementedError("TODO: the sigmoid of each entry; keep what backward needs")

    def backward(self, grad_output):
        """Return grad_input, shaped like x, for the x of the latest forward call."""
        raise NotImplementedError("TODO: return grad_input")


class Tanh:
    """The hyperbolic tangent, as a layer without parameters."""

    def forward(self, x):
        """Return tanh(x), shaped like x. Backward may need something kept from here."""
        return np.tanh(x)

    def backward(self, grad_output):
        """Return grad_input, shaped like x, for the x of the latest forward call."""
        raise NotImplementedError("TODO: return grad_input, and let forward keep what it needs")
