import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * 0.3
        self.b = np.zeros(out_channels)

    def forward(self, x):
        p, s = self.padding, self.stride
        self.x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        h = (self.x.shape[2] - self.k) // s + 1
        w = (self.x.shape[3] - self.k) // s + 1
        out = np.tile(self.b[None, :, None, None], (len(x), 1, h, w))
        for a in range(self.k):
            for b in range(self.k):
                part = self.x[:, :, a:a + h * s:s, b:b + w * s:s]
                out += np.tensordot(self.W[:, :, a, b], part, (1, 1)).swapaxes(0, 1)
        return out

    def backward(self, grad_output):
        p, s = self.padding, self.stride
        h, w = grad_output.shape[2:]
        self.grad_b = grad_output.mean(axis=(2, 3)).sum(axis=0)
        self.grad_W = np.zeros(self.W.shape)
        dx = np.zeros(self.x.shape)
        for a in range(self.k):
            for b in range(self.k):
                part = self.x[:, :, a:a + h, b:b + w]
                self.grad_W[:, :, a, b] = np.tensordot(grad_output, part, ((0, 2, 3), (0, 2, 3)))
                dx[:, :, a:a + h * s:s, b:b + w * s:s] += np.tensordot(self.W[:, :, a, b], grad_output, (0, 1)).swapaxes(0, 1)
        return dx[:, :, p:dx.shape[2] - p, p:dx.shape[3] - p]
