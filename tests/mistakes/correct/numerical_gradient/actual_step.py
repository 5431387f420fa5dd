import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Central differences with the step as it was rounded."""
    grad = np.zeros_like(x)
    for at, value in np.ndenumerate(x):
        hi, lo = x.copy(), x.copy()
        hi[at] = value + eps
        lo[at] = value - eps
        grad[at] = (f(hi) - f(lo)) / (hi[at] - lo[at])
    return grad
