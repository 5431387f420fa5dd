"""A referee for gradients: is this array the gradient of f at x?

    f           function: an array shaped like x -> one float
    x           array of any shape (float64)
    gradient    what somebody claims to be ∂f/∂x

    ∂f/∂x[i] ≈ ( f(x + eps·eᵢ) − f(x − eps·eᵢ) ) / (2 · eps)        eps = 1e-5

Answer True where the claim is right, and False where it is wrong. How far may the two be apart?

    - A wrong claim may be wrong in a single entry, and there by a ten-thousandth.
    - f may be tiny (1e-9) or huge (1e6), and its gradient with it.
    - The slopes of central differences err by up to 1e-7 of the largest slope here,
      and by some 1e-11 · |f(x)|, because the value of f is rounded.

x is the same afterwards as before. f gives the same value for the same x, always.
"""

import numpy as np


def gradient_check(f, x, gradient):
    """Return True if `gradient` is the gradient of f at x, else False."""
    raise NotImplementedError("TODO: compare the claim with the slopes of f")
