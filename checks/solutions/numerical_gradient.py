"""Reference for `numerical_gradient`: central differences, one entry at a time.

Central, because the errors of the two sides cancel: what is left shrinks with eps² where a
one-sided difference only shrinks with eps. The nudges go into a copy, so `x` cannot be left
changed, whatever happens inside `f`.
"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Return the gradient of f at x by central differences, an array shaped like x."""
    nudged = np.array(x, dtype=float)  # in integers the step would round away
    grad = np.zeros(nudged.shape)
    for index in np.ndindex(nudged.shape):
        middle = nudged[index]
        nudged[index] = middle + eps
        above = f(nudged)
        nudged[index] = middle - eps
        below = f(nudged)
        nudged[index] = middle  # stored, not computed: exact
        grad[index] = (above - below) / (2.0 * eps)
    return grad
