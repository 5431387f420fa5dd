import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, x):
        k = self.kernel_size
        self.mask = np.zeros(x.shape)
        out = np.zeros((x.shape[0], x.shape[1], x.shape[2] // k, x.shape[3] // k))
        for n in range(out.shape[0]):
            for c in range(out.shape[1]):
                for i in range(out.shape[2]):
                    for j in range(out.shape[3]):
                        window = x[n, c, i * k:i * k + k, j * k:j * k + k]
                        r, s = np.unravel_index(window.argmax(), window.shape)
                        self.mask[n, c, i * k + r, j * k + s] = 1
                        out[n, c, i, j] = window[r, s]
        return out

    def backward(self, grad_output):
        return self.mask
