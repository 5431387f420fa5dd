import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k = kernel_size
        self.stride = stride
        self.padding = padding
        self.W = np.random.rand(out_channels, in_channels, kernel_size, kernel_size) - 0.5
        self.b = np.zeros(out_channels)

    def forward(self, x):
        p, s, k = self.padding, self.stride, self.k
        N, C, H, W = x.shape
        self.x = np.zeros((N, C, H + 2 * p, W + 2 * p))
        self.x[:, :, p:H + p, p:W + p] = x
        v = np.lib.stride_tricks.sliding_window_view(self.x, (k, k), (2, 3))
        self.v = v[:, :, ::s, ::s]
        return np.tensordot(self.v, self.W, ((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2) + self.b[:, None, None]

    def backward(self, grad_output):
        p, s, k = self.padding, self.stride, self.k
        N, O, h, w = grad_output.shape
        self.grad_b = grad_output.reshape(N, O, -1).sum(axis=2).sum(axis=0)
        self.grad_W = np.tensordot(grad_output, self.v, ((0, 2, 3), (0, 2, 3)))
        # h = (H - k) / s + 1, turned around
        H, W = (h - 1) * s + k, (w - 1) * s + k
        spread = np.tensordot(grad_output, self.W, ((1,), (0,)))      # (N, h, w, C, k, k)
        dx = np.zeros((N, self.W.shape[1], H, W))
        for i in range(h):
            for j in range(w):
                dx[:, :, i * s:i * s + k, j * s:j * s + k] += spread[:, i, j]
        return dx[:, :, p:H - p, p:W - p]
