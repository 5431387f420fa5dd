"""Max pooling: the largest entry of each window passes, and all blame goes back to its place.

    x              (N, C, H, W)          H and W are multiples of k
    k              kernel_size           windows are k by k and do not overlap (stride k)
    grad_output    (N, C, H/k, W/k)      ∂L/∂y

    forward     y[n, c, a, b] = the largest of x[n, c, k·a + u, k·b + v] for u, v from 0 to k − 1

    backward    ∂L/∂x is ∂L/∂y[n, c, a, b] at the place of that maximum, and 0 elsewhere

Where several entries of a window are the largest, the first in reading order (row by row) gets
the gradient.
"""

import numpy as np


class MaxPool2d:
    """The largest entry of each k by k window; the windows tile the image."""

    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, x):
        """Return y (N, C, H/k, W/k) for x (N, C, H, W), and keep where the maxima were."""
        raise NotImplementedError("TODO: the largest entry of each window")

    def backward(self, grad_output):
        """Return grad_input (N, C, H, W) for grad_output (N, C, H/k, W/k)."""
        raise NotImplementedError("TODO: return grad_input")
