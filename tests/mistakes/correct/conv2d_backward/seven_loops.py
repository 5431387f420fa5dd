import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.I, self.O, self.k, self.s, self.p = in_channels, out_channels, kernel_size, stride, padding
        self.W = np.random.randn(self.O, self.I, self.k, self.k) * 0.1
        self.b = np.zeros(self.O)

    def terms(self):
        """Every product of the sum: (n, o, i, j), (o, c, a, b), (n, c, row, column)."""
        N, C, H, W = self.x.shape
        for n, o, i, j in np.ndindex(self.out_shape):
            for c in range(C):
                for a in range(self.k):
                    row = i * self.s - self.p + a
                    if row < 0 or row >= H:
                        continue
                    for b in range(self.k):
                        col = j * self.s - self.p + b
                        if 0 <= col < W:
                            yield (n, o, i, j), (o, c, a, b), (n, c, row, col)

    def forward(self, x):
        self.x = x
        size = [(e + 2 * self.p - self.k) // self.s + 1 for e in x.shape[2:]]
        self.out_shape = (len(x), self.O, *size)
        y = np.zeros(self.out_shape)
        for out, w, inp in self.terms():
            y[out] += self.W[w] * x[inp]
        for o in range(self.O):
            y[:, o] += self.b[o]
        return y

    def backward(self, grad_output):
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.O)
        grad_input = np.zeros(self.x.shape)
        for out, w, inp in self.terms():
            self.grad_W[w] += grad_output[out] * self.x[inp]
            grad_input[inp] += grad_output[out] * self.W[w]
        for o in range(self.O):
            self.grad_b[o] = grad_output[:, o].sum()
        return grad_input
