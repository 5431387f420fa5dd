"""The chain rule by hand: every value on the way forward, one factor for each step back.

    two steps    u = 3·x − 4                                          L = u²
    path         y = x² + 1         z = ln y                          L = z²
    branches     h = [2·x, x², x + 3]                                 L = h[0] · h[1] + h[2]²

x, u, y, z and L are numbers, h is an array of shape (3,). A gradient has the shape of its
variable: grad_u = ∂L/∂u is a number, grad_h = ∂L/∂h is (3,).

Each backward is given x and the values that forward found, and begins with ∂L/∂L = 1.
"""

import numpy as np


def two_steps(x):
    """Return u and L."""
    raise NotImplementedError("TODO: return u, L")


def two_steps_backward(x, u):
    """Return grad_u and grad_x, in the order in which backward finds them."""
    raise NotImplementedError("TODO: return grad_u, grad_x")


def path(x):
    """Return y, z and L."""
    raise NotImplementedError("TODO: return y, z, L")


def path_backward(x, y, z):
    """Return grad_z, grad_y and grad_x."""
    raise NotImplementedError("TODO: return grad_z, grad_y, grad_x")


def branches(x):
    """Return h (3,) and L."""
    raise NotImplementedError("TODO: return h, L")


def branches_backward(x, h):
    """Return grad_h (3,) and grad_x."""
    raise NotImplementedError("TODO: return grad_h, grad_x")
