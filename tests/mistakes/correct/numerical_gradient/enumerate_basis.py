import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Return the gradient of f at x by central differences, an array shaped like x."""
    # row k of the unit matrix, in the shape of x, moves entry k alone
    steps = (eps * np.eye(x.size)).reshape(x.size, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * eps) for s in steps]).reshape(x.shape)
