import numpy as np


def im2col(img, k, s):
    C, H, W = img.shape
    h, w = (H - k) // s + 1, (W - k) // s + 1
    cols = np.zeros((C * k * k, h * w))
    for i in range(h):
        for j in range(w):
            cols[:, i * w + j] = img[:, i * s:i * s + k, j * s:j * s + k].ravel()
    return cols


def col2im(cols, shape, k, s):
    C, H, W = shape
    h, w = (H - k) // s + 1, (W - k) // s + 1
    img = np.zeros(shape)
    for i in range(h):
        for j in range(w):
            img[:, i * s:i * s + k, j * s:j * s + k] += cols[:, i * w + j].reshape(C, k, k)
    return img


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.s, self.p = kernel_size, stride, padding
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size)
        self.b = np.zeros(out_channels)

    def forward(self, x):
        p = self.p
        xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.pad_shape = xp.shape[1:]
        h, w = [(n - self.k) // self.s + 1 for n in xp.shape[2:]]
        self.cols = [im2col(img, self.k, self.s) for img in xp]
        flat = self.W.reshape(len(self.W), -1)
        return np.array([(flat @ c + self.b[:, None]).reshape(-1, h, w) for c in self.cols])

    def backward(self, grad_output):
        O = len(self.W)
        flat = self.W.reshape(O, -1)
        dx = []
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(O)
        for g, cols in zip(grad_output, self.cols):
            g = g.reshape(O, -1)
            self.grad_W = (g @ cols.T).reshape(self.W.shape)
            self.grad_b += g.sum(axis=1)
            dx.append(col2im(flat.T @ g, self.pad_shape, self.k, self.s))
        dx = np.array(dx)
        return dx[:, :, self.p:dx.shape[2] - self.p, self.p:dx.shape[3] - self.p]
