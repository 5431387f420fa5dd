from functools import partial

import numpy as np


def pull(p, g):
    return p * (g - np.dot(p, g))


def row_softmax(r):
    e = np.exp(r - r.max())
    e /= e.sum()
    return e, partial(pull, e.copy())


class Softmax:
    def forward(self, z):
        rows, self.pulls = zip(*map(row_softmax, z))
        return np.stack(rows)

    def backward(self, grad_output):
        return np.stack([f(g) for f, g in zip(self.pulls, grad_output)])
