import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.k = kernel_size
        self.argmax = None

    def forward(self, x):
        k = self.k
        N, C, H, W = x.shape
        cols = x.reshape(N, C, H // k, k, W // k, k).transpose(0, 1, 2, 4, 3, 5).reshape(-1, k * k)
        if self.argmax is None:
            self.argmax = cols.argmax(axis=1)
        return cols.max(axis=1).reshape(N, C, H // k, W // k)

    def backward(self, grad_output):
        k = self.k
        N, C, h, w = grad_output.shape
        cols = np.zeros((grad_output.size, k * k))
        cols[np.arange(grad_output.size), self.argmax] = grad_output.ravel()
        return cols.reshape(N, C, h, w, k, k).transpose(0, 1, 2, 4, 3, 5).reshape(N, C, h * k, w * k)
