import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.ci, self.co, self.k = in_channels, out_channels, kernel_size
        self.stride, self.padding = stride, padding
        self.W = np.random.randn(self.co, self.ci, self.k, self.k) * 0.05
        self.b = np.zeros(self.co)

    def forward(self, x):
        self.x = x
        N, C, H, W = x.shape
        p = self.padding
        big = np.zeros((N, C, H + 2 * p, W + 2 * p))
        big[:, :, p:p + H, p:p + W] = x
        h = (H + 2 * p - self.k) // self.stride + 1
        w = (W + 2 * p - self.k) // self.stride + 1
        y = np.zeros((N, self.co, h, w))
        for i, j in np.ndindex(h, w):
            r, c = i * self.stride, j * self.stride
            y[:, :, i, j] = np.einsum("ncab,ocab->no", big[:, :, r:r + self.k, c:c + self.k], self.W)
        return y + self.b[:, None, None]

    def backward(self, grad_output):
        N, C, H, W = self.x.shape
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = grad_output.sum(axis=3).sum(axis=2).sum(axis=0)
        grad_input = np.zeros(self.x.shape)
        for i, j, a, b in np.ndindex(*grad_output.shape[2:], self.k, self.k):
            g = grad_output[:, :, i, j]
            r = i * self.stride + a - self.padding
            c = j * self.stride + b - self.padding
            if 0 <= r < H and 0 <= c < W:
                grad_input[:, :, r, c] += g @ self.W[:, :, a, b]
            r, c = r + self.padding, c + self.padding
            if r < H and c < W:
                self.grad_W[:, :, a, b] += g.T @ self.x[:, :, r, c]
        return grad_input
