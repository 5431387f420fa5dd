"""Reference for `chain_rule`: each line of a backward is upstream times slope, and nothing else.

The slope of a step is taken where the step stands: 2u at u, 1/y at y, 2x at x. Along a path the
factors multiply. In `branches` x reaches L through three entries of h, so three products are
added: ∂L/∂x = Σᵢ ∂L/∂h[i] · ∂h[i]/∂x.
"""

import numpy as np


def two_steps(x):
    """Return u = 3x − 4 and L = u²."""
    u = 3.0 * x - 4.0
    return u, u**2


def two_steps_backward(x, u):
    """Return grad_u and grad_x."""
    grad_u = 2.0 * u
    grad_x = grad_u * 3.0
    return grad_u, grad_x


def path(x):
    """Return y = x² + 1, z = ln y and L = z²."""
    y = x**2 + 1.0
    z = np.log(y)
    return y, z, z**2


def path_backward(x, y, z):
    """Return grad_z, grad_y and grad_x."""
    grad_z = 2.0 * z
    grad_y = grad_z * (1.0 / y)
    grad_x = grad_y * (2.0 * x)
    return grad_z, grad_y, grad_x


def branches(x):
    """Return h = [2x, x², x + 3] and L = h[0] · h[1] + h[2]²."""
    h = np.array([2.0 * x, x**2, x + 3.0])
    return h, h[0] * h[1] + h[2] ** 2


def branches_backward(x, h):
    """Return grad_h (3,) and grad_x."""
    grad_h = np.array([h[1], h[0], 2.0 * h[2]])
    slopes = np.array([2.0, 2.0 * x, 1.0])  # ∂h/∂x
    return grad_h, grad_h @ slopes
