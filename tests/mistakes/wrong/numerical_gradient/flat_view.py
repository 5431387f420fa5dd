import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    flat = x.ravel()
    grad = np.zeros(x.size)
    for k in range(flat.size):
        old = flat[k]
        flat[k] = old + eps
        plus = f(x)
        flat[k] = old - eps
        minus = f(x)
        flat[k] = old
        grad[k] = (plus - minus) / (2 * eps)
    return grad.reshape(x.shape)
