import numpy as np


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k, self.stride, self.padding = kernel_size, stride, padding
        self.W = np.random.normal(size=(out_channels, in_channels, kernel_size, kernel_size))
        self.b = np.zeros(out_channels)
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)

    def at(self, i, j):
        r, c = i * self.stride, j * self.stride
        return np.s_[:, :, r:r + self.k, c:c + self.k]

    def forward(self, x):
        q = self.padding
        self.x = np.pad(x, ((0, 0), (0, 0), (q, q), (q, q)))
        H, W = self.x.shape[2:]
        out = np.zeros((len(x), len(self.b), (H - self.k) // self.stride + 1, (W - self.k) // self.stride + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                out[:, :, i, j] = np.einsum("ncab,ocab->no", self.x[self.at(i, j)], self.W)
        out += self.b[None, :, None, None]
        return out

    def backward(self, grad_output):
        q = self.padding
        dx = np.zeros(self.x.shape)
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                g = grad_output[:, :, i, j]
                self.grad_b += g.sum(axis=0)
                self.grad_W += np.einsum("no,ncab->ocab", g, self.x[self.at(i, j)])
                dx[self.at(i, j)] += np.einsum("no,ocab->ncab", g, self.W)
        return dx[:, :, q:dx.shape[2] - q, q:dx.shape[3] - q]
