import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, x):
        self.x = x
        k = self.kernel_size
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // k, W // k))
        for i in range(H // k):
            for j in range(W // k):
                out[:, :, i, j] = x[:, :, i*k:(i+1)*k, j*k:(j+1)*k].max(axis=(2, 3))
        return out

    def backward(self, grad_output):
        k = self.kernel_size
        dx = np.zeros(self.x.shape)
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                win = self.x[:, :, i*k:(i+1)*k, j*k:(j+1)*k]
                hit = win == win.max(axis=(2, 3), keepdims=True)
                hit = hit / hit.sum(axis=(2, 3), keepdims=True)
                dx[:, :, i*k:(i+1)*k, j*k:(j+1)*k] = hit * grad_output[:, :, i, j, None, None]
        return dx
