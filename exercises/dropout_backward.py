"""Dropout: some entries are dropped at random, and blame follows those that were kept.

    x              any shape
    p              the probability that an entry is dropped, 0 ≤ p < 1
    rng            a NumPy random generator
    grad_output    ∂L/∂y, shaped like x

    forward in training     draws = rng.random(x.shape)          one draw for each entry
                            keep  = draws ≥ p
                            y     = x · keep / (1 − p)           "inverted": scaled here
    forward in use          y     = x                            nothing drawn, nothing scaled

    backward                ∂L/∂x = ∂L/∂y · ∂y/∂x                of the latest forward call

The draws do not depend on x, so to backward they are constants.
"""

import numpy as np


class Dropout:
    """Inverted dropout: what is kept is scaled up in training, and nothing happens in use."""

    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        """Return y, shaped like x, and keep what backward needs."""
        raise NotImplementedError("TODO: drop and scale in training, return x in use")

    def backward(self, grad_output):
        """Return grad_input, shaped like x, for the latest forward call."""
        raise NotImplementedError("TODO: return grad_input")
