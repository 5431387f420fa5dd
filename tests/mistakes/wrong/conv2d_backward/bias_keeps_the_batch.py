import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.stride, self.padding, self.k = stride, padding, kernel_size
        self.W = 0.1 * np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def indices(self, C, H, W):
        k, s = self.k, self.stride
        rows = (np.arange(0, H - k + 1, s)[:, None, None, None] + np.arange(k)[None, None, :, None])
        cols = (np.arange(0, W - k + 1, s)[None, :, None, None] + np.arange(k)[None, None, None, :])
        return rows, cols

    def forward(self, x):
        p = self.padding
        xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.shape = xp.shape
        self.rc = self.indices(*xp.shape[1:])
        self.cols = xp[:, :, self.rc[0], self.rc[1]]          # (N, C, h, w, k, k)
        return np.einsum("nchwab,ocab->nohw", self.cols, self.W) + self.b[None, :, None, None]

    def backward(self, grad_output):
        p = self.padding
        self.grad_W = np.einsum("nohw,nchwab->ocab", grad_output, self.cols)
        self.grad_b = grad_output.sum(axis=(2, 3))
        dcols = np.einsum("nohw,ocab->nchwab", grad_output, self.W)
        dx = np.zeros(self.shape)
        np.add.at(dx, (slice(None), slice(None), self.rc[0], self.rc[1]), dcols)
        return dx[:, :, p:self.shape[2] - p, p:self.shape[3] - p]
