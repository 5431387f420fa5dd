import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    h = 1e-4
    grad = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        a = x.copy(); a[i] += h
        b = x.copy(); b[i] -= h
        grad[i] = (f(a) - f(b)) / (2 * h)
    return grad
