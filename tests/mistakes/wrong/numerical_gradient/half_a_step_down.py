import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    return np.array([
        (f(x + step) - f(x)) / (2 * eps)
        for step in (eps * np.eye(x.size)).reshape((x.size,) + x.shape)
    ]).reshape(x.shape)
