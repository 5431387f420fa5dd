"""ReLU, backward: what was positive passes, everything else stops.

    forward     y = max(0, x)                  entry by entry, x of any shape
    backward    ∂L/∂x = ∂L/∂y · [x > 0]        [x > 0] is 1 where x > 0 and 0 elsewhere

    grad_output    ∂L/∂y, shaped like x
    grad_input     ∂L/∂x, shaped like x

At exactly x = 0 there is a corner; the derivative there is taken to be 0.
"""

import numpy as np


class ReLU:
    """The rectifier, as a layer without parameters."""

    def forward(self, x):
        self.x = x
        return np.maximum(0.0, x)

    def backward(self, grad_output):
        # derivative of relu: 1 or 0
        return np.where(self.x > 0, 1.0, 0.0)
