import numpy as np


class MaxPool2d:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, x):
        k = self.kernel_size
        self.shape = x.shape
        numbers = np.arange(x.size).reshape(x.shape)
        view = np.lib.stride_tricks.sliding_window_view
        windows = view(x, (k, k), axis=(2, 3))[:, :, ::k, ::k]
        numbers = view(numbers, (k, k), axis=(2, 3))[:, :, ::k, ::k]
        windows, numbers = (w.reshape(*w.shape[:4], k * k) for w in (windows, numbers))
        first = windows.argmax(axis=-1)[..., None]
        self.chosen = np.take_along_axis(numbers, first, axis=-1)[..., 0]
        return x.take(self.chosen)

    def backward(self, grad_output):
        grad_input = np.zeros(np.prod(self.shape))
        grad_input[self.chosen] = grad_output
        return grad_input.reshape(self.shape)
