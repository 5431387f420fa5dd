import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    def nudged(i, amount):
        c = x.copy()
        c[i] += amount
        return f(c)

    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        grad[i] = (nudged(i, -eps) - nudged(i, eps)) / (2 * eps)
    return grad
