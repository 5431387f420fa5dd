import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.cells = [(a, b) for a in range(kernel_size) for b in range(kernel_size)]
        self.k, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.normal(scale=0.1, size=(out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)

    def cut(self, padded, a, b, h, w):
        s = self.stride
        return padded[:, :, a : a + (h - 1) * s + 1 : s, b : b + (w - 1) * s + 1 : s]

    def forward(self, x):
        p = self.padding
        self.frame = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
        self.inside = np.s_[:, :, p : p + x.shape[2], p : p + x.shape[3]]
        self.frame[self.inside] = x
        h, w = ((n - self.k) // self.stride + 1 for n in self.frame.shape[2:])
        y = np.zeros((x.shape[0], h, w, len(self.b))) + self.b
        for a, b in self.cells:
            y += np.tensordot(self.cut(self.frame, a, b, h, w), self.W[:, :, a, b], axes=(1, 1))
        return np.moveaxis(y, 3, 1).copy()

    def backward(self, grad_output):
        h, w = grad_output.shape[2:]
        self.grad_b = grad_output.sum(axis=(0, 2, 3))
        self.grad_W = np.empty_like(self.W)
        back = np.zeros_like(self.frame)
        for a, b in self.cells:
            x = self.cut(self.frame, a, b, h, w)
            self.grad_W[:, :, a, b] = np.tensordot(grad_output, x, axes=((0, 2, 3), (0, 2, 3)))
            view = self.cut(back, a, b, h, w)
            view += np.moveaxis(np.tensordot(grad_output, self.W[:, :, a, b], axes=(1, 0)), 3, 1)
        return back[self.inside]
