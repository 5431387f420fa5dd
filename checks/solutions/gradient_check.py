"""Reference for `gradient_check`: every entry within a bar that fits the size of this gradient.

The bar has two parts, since two things keep a slope from being exact. The formula errs in
proportion to the slopes, so one part is relative to the largest of them; entry by entry it would
be 0 where a slope is 0. And f is rounded to 1e-16 of its value, which the division by 2 · eps
makes 5e-12 of it, whatever the slopes are.
"""

import numpy as np

EPS = 1e-5
TOLERANCE = 1e-6
ROUNDING = 1e-10


def gradient_check(f, x, gradient):
    """Return True if `gradient` is the gradient of f at x, else False."""
    if not same_shape(gradient, x):
        return False
    slopes = measured_slopes(f, x)
    return bool(within(gradient, slopes, bar(slopes, f(x))))


def same_shape(gradient, x):
    """Arrays of other shapes could be subtracted, too: NumPy would stretch them."""
    return np.shape(gradient) == np.shape(x)


def measured_slopes(f, x):
    """Central differences, one entry at a time; an array like x."""
    nudged = np.array(x, dtype=float)
    slopes = np.zeros(nudged.shape)
    for index in np.ndindex(nudged.shape):
        middle = nudged[index]
        nudged[index] = middle + EPS
        above = f(nudged)
        nudged[index] = middle - EPS
        below = f(nudged)
        nudged[index] = middle
        slopes[index] = (above - below) / (2.0 * EPS)
    return slopes


def bar(slopes, value):
    """The largest difference that is no mistake."""
    return TOLERANCE * np.abs(slopes).max() + ROUNDING * abs(value)


def within(gradient, slopes, allowed):
    """Whether every entry is; `<=` is False for NaN, so NaN is not."""
    return np.all(np.abs(gradient - slopes) <= allowed)
