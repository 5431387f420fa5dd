import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    grad = np.empty(x.shape)
    for i, value in np.ndenumerate(x):
        h = eps * abs(value)
        up, down = x.copy(), x.copy()
        up[i] = value + h
        down[i] = value - h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad
