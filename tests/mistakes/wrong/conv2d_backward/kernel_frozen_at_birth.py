import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) * 0.1
        self.b = np.zeros(out_channels)
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W_rows = self.W.reshape(out_channels, -1)

    def forward(self, x):
        p, s, k = self.p, self.s, self.k
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.shape = x.shape
        view = sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
        self.patches = view.transpose(0, 2, 3, 1, 4, 5).reshape(*view.shape[:1], *view.shape[2:4], -1)
        return (self.patches @ self.W_rows.T + self.b).transpose(0, 3, 1, 2)

    def backward(self, grad_output):
        p, s, k = self.p, self.s, self.k
        g = grad_output.transpose(0, 2, 3, 1)
        self.grad_b = g.sum(axis=(0, 1, 2))
        self.grad_W = np.einsum("nhwo,nhwf->of", g, self.patches).reshape(self.W.shape)
        back = (g @ self.W_rows).reshape(*g.shape[:3], -1, k, k)
        dx = np.zeros(self.shape)
        for i in range(g.shape[1]):
            for j in range(g.shape[2]):
                dx[:, :, i * s:i * s + k, j * s:j * s + k] += back[:, i, j]
        return dx[:, :, p:dx.shape[2] - p, p:dx.shape[3] - p]
