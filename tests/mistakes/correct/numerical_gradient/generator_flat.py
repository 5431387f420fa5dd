import numpy as np


def _slopes(f, x, eps):
    flat = x.flatten()
    for k, v in enumerate(flat.tolist()):
        values = []
        for sign in (+1, -1):
            flat[k] = v + sign * eps
            values.append(float(f(flat.reshape(x.shape).copy())))
        flat[k] = v
        yield (values[0] - values[1]) / (2 * eps)


def numerical_gradient(f, x, eps=1e-5):
    return np.fromiter(_slopes(f, x, eps), dtype=np.float64, count=x.size).reshape(x.shape)
