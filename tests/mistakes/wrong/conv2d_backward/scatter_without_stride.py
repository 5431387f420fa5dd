import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * 0.1
        self.b = np.zeros(out_channels)

    def forward(self, x):
        k, s, p = self.k, self.s, self.p
        self.xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        N, C, H, W = self.xp.shape
        h, w = (H - k) // s + 1, (W - k) // s + 1
        y = np.zeros((N, len(self.b), h, w))
        for i in range(h):
            for j in range(w):
                patch = self.xp[:, :, i * s:i * s + k, j * s:j * s + k]
                y[:, :, i, j] = np.tensordot(patch, self.W, axes=([1, 2, 3], [1, 2, 3])) + self.b
        return y

    def backward(self, grad_output):
        k, s, p = self.k, self.s, self.p
        N, O, h, w = grad_output.shape
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = grad_output.sum(axis=(0, 2, 3))
        dxp = np.zeros_like(self.xp)
        for i in range(h):
            for j in range(w):
                g = grad_output[:, :, i, j]
                patch = self.xp[:, :, i * s:i * s + k, j * s:j * s + k]
                self.grad_W += np.tensordot(g, patch, axes=([0], [0]))
                dxp[:, :, i:i + k, j:j + k] += np.tensordot(g, self.W, axes=([1], [0]))
        return dxp[:, :, p:dxp.shape[2] - p, p:dxp.shape[3] - p]
