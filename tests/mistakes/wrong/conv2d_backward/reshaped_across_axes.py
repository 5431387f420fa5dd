import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.O, self.I, self.k = out_channels, in_channels, kernel_size
        self.s, self.p = stride, padding
        self.W = np.random.randn(self.O, self.I, self.k, self.k) * 0.1
        self.b = np.zeros(self.O)

    def to_columns(self, xp):
        k, s = self.k, self.s
        N, C, H, W = xp.shape
        self.h, self.w = (H - k) // s + 1, (W - k) // s + 1
        cols = np.empty((C, k, k, N, self.h, self.w))
        for a in range(k):
            for b in range(k):
                cols[:, a, b] = xp[:, :, a:a + s * self.h:s, b:b + s * self.w:s].transpose(1, 0, 2, 3)
        return cols.reshape(C * k * k, -1)

    def from_columns(self, cols):
        k, s, p = self.k, self.s, self.p
        N, C, H, W = self.pshape
        cols = cols.reshape(C, k, k, N, self.h, self.w)
        xp = np.zeros(self.pshape)
        for a in range(k):
            for b in range(k):
                xp[:, :, a:a + s * self.h:s, b:b + s * self.w:s] += cols[:, a, b].transpose(1, 0, 2, 3)
        return xp[:, :, p:H - p, p:W - p]

    def forward(self, x):
        xp = np.pad(x, ((0, 0), (0, 0), (self.p, self.p), (self.p, self.p)))
        self.pshape = xp.shape
        self.cols = self.to_columns(xp)
        y = self.W.reshape(self.O, -1) @ self.cols + self.b[:, None]
        return y.reshape(self.O, len(x), self.h, self.w).transpose(1, 0, 2, 3)

    def backward(self, grad_output):
        g = grad_output.reshape(self.O, -1)
        self.grad_b = grad_output.sum(axis=(0, 2, 3))
        self.grad_W = (g @ self.cols.T).reshape(self.W.shape)
        return self.from_columns(self.W.reshape(self.O, -1).T @ g)
