"""Reference for `gradient_flow`: sizes are compared with each other, never with a fixed number.

A network multiplies a gradient in every layer, so its health is a ratio. The std rules make each
layer's factor 1: fan_in squares of weights add up to 1 under 1 / fan_in, and ReLU's lost half asks
for the 2. Clipping takes one factor for all arrays, because only that keeps the direction.
"""

import numpy as np

TOO_FAR = 1000.0


def layer_norms(gradients):
    """Return the norm of each gradient, an array (L,)."""
    return np.array([np.sqrt(np.sum(np.square(each))) for each in gradients])


def diagnose(norms):
    """Return "vanishing", "exploding", "dead" or "healthy" for norms by layer, first first."""
    if not np.all(np.isfinite(norms)):
        return "exploding"
    if np.any(norms == 0):
        return "dead"
    ratio = norms[0] / norms[-1]
    if ratio < 1 / TOO_FAR:
        return "vanishing"
    return "exploding" if ratio > TOO_FAR else "healthy"


def xavier_std(fan_in, fan_out):
    """Return the std of Xavier's rule."""
    return np.sqrt(2.0 / (fan_in + fan_out))


def he_std(fan_in):
    """Return the std of He's rule, for layers in front of a ReLU."""
    return np.sqrt(2.0 / fan_in)


def clip_by_norm(gradients, max_norm):
    """Return a list of new arrays whose norm, of all together, is at most max_norm."""
    norm = np.sqrt(np.sum(np.square(layer_norms(gradients))))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * each for each in gradients]
