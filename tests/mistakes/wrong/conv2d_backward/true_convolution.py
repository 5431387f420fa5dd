import numpy as np


def flip(W):
    return W[:, :, ::-1, ::-1]


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k = kernel_size
        self.stride = stride
        self.padding = padding
        self.W = np.random.normal(0, 0.1, (out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)

    def forward(self, x):
        p, s, k = self.padding, self.stride, self.k
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.padded = x
        self.h = (x.shape[2] - k) // s + 1
        self.w = (x.shape[3] - k) // s + 1
        kernel = flip(self.W)
        y = np.zeros((x.shape[0], kernel.shape[0], self.h, self.w))
        for a in range(k):
            for b in range(k):
                y += np.einsum('nchw,oc->nohw', self.shifted(x, a, b), kernel[:, :, a, b])
        return y + self.b.reshape(1, -1, 1, 1)

    def shifted(self, x, a, b):
        s = self.stride
        return x[:, :, a:a + s * self.h:s, b:b + s * self.w:s]

    def backward(self, grad_output):
        k, p = self.k, self.padding
        kernel = flip(self.W)
        grad_kernel = np.zeros_like(kernel)
        grad_padded = np.zeros_like(self.padded)
        for a in range(k):
            for b in range(k):
                grad_kernel[:, :, a, b] = np.einsum('nohw,nchw->oc', grad_output, self.shifted(self.padded, a, b))
                self.shifted(grad_padded, a, b)[...] += np.einsum('nohw,oc->nchw', grad_output, kernel[:, :, a, b])
        self.grad_W = flip(grad_kernel)
        self.grad_b = grad_output.sum((0, 2, 3))
        H, W = self.padded.shape[2:]
        return grad_padded[:, :, p:H - p, p:W - p]
