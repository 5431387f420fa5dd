import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    grad = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        saved = x[at].copy()
        try:
            x[at] = saved + eps
            up = f(x)
            x[at] = saved - eps
            down = f(x)
        finally:
            x[at] = saved
        grad[at] = (up - down) / (2 * eps)
    return grad
