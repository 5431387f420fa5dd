import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * 0.1
        self.b = np.zeros(out_channels)

    def forward(self, x):
        p, s, k = self.padding, self.stride, self.kernel_size
        N, C, H, W = x.shape
        self.x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.h_out = (H + 2 * p - k) // s + 1
        self.w_out = (W + 2 * p - k) // s + 1
        out = np.zeros((N, self.W.shape[0], self.h_out, self.w_out))
        for i in range(self.h_out):
            for j in range(self.w_out):
                window = self.x[:, None, :, i*s:i*s+k, j*s:j*s+k]
                out[:, :, i, j] = (window * self.W[None]).sum(axis=(2, 3, 4)) + self.b
        return out

    def backward(self, grad_output):
        p, s, k = self.padding, self.stride, self.kernel_size
        grad_x = np.zeros(self.x.shape, dtype=np.float32)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = grad_output.sum(axis=(0, 2, 3))
        for i in range(self.h_out):
            for j in range(self.w_out):
                g = grad_output[:, :, i, j][:, :, None, None, None]
                window = self.x[:, None, :, i*s:i*s+k, j*s:j*s+k]
                self.grad_W += (g * window).sum(axis=0)
                grad_x[:, :, i*s:i*s+k, j*s:j*s+k] += (g * self.W[None]).sum(axis=1)
        rows, cols = grad_x.shape[2:]
        return grad_x[:, :, p:rows-p, p:cols-p]
