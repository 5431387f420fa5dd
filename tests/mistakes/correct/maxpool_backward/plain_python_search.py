import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.k = kernel_size

    def cells(self, i, j):
        rows = range(i * self.k, (i + 1) * self.k)
        cols = range(j * self.k, (j + 1) * self.k)
        return [(r, c) for r in rows for c in cols]

    def forward(self, x):
        self.like = np.zeros(x.shape)
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // self.k, W // self.k))
        self.route = []
        for n, c, i, j in np.ndindex(out.shape):
            value, r, s = min((-x[n, c, r, s], r, s) for r, s in self.cells(i, j))
            out[n, c, i, j] = -value
            self.route.append(((n, c, i, j), (n, c, r, s)))
        return out

    def backward(self, grad_output):
        grad_input = self.like.copy()
        for top, bottom in self.route:
            grad_input[bottom] += grad_output[top]
        return grad_input
