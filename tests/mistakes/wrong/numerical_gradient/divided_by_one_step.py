import numpy as np

def numerical_gradient(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'])
    while not it.finished:
        ix = it.multi_index
        plus = np.array(x)
        minus = np.array(x)
        plus[ix] = plus[ix] + eps
        minus[ix] = minus[ix] - eps
        grad[ix] = (f(plus) - f(minus)) / eps
        it.iternext()
    return grad
