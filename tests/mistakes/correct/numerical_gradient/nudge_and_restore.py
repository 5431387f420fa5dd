import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    for _ in walk:
        at = walk.multi_index
        old = float(x[at])
        x[at] = old + eps
        plus = f(x)
        x[at] = old - eps
        minus = f(x)
        x[at] = old
        grad[at] = (plus - minus) / (2.0 * eps)
    return grad
