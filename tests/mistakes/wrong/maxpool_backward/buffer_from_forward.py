import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.k = kernel_size

    def forward(self, x):
        k = self.k
        N, C, H, W = x.shape
        self.dx = np.zeros_like(x)
        strides = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::k, ::k]
        flat = strides.reshape(N, C, H // k, W // k, k * k)
        pos = flat.argmax(axis=-1)
        n, c, i, j = np.indices(pos.shape)
        self.index = n, c, i * k + pos // k, j * k + pos % k
        return x[self.index]

    def backward(self, grad_output):
        self.dx[self.index] += grad_output
        return self.dx
