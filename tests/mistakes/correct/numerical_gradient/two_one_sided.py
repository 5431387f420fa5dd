import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    here = f(x.copy())

    def towards(at, step):
        moved = x.copy()
        moved[at] += step
        return (f(moved) - here) / step

    grad = np.empty(x.shape)
    for at in np.ndindex(x.shape):
        grad[at] = 0.5 * (towards(at, eps) + towards(at, -eps))
    return grad
