import numpy as np

class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) / kernel_size
        self.b = np.zeros(out_channels)
        self.stride, self.pad = stride, padding

    def forward(self, x):
        self.x_pad = np.pad(x, ((0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad)), mode='constant')
        N, _, H, W = self.x_pad.shape
        F, _, HH, WW = self.W.shape
        Hout = 1 + (H - HH) // self.stride
        Wout = 1 + (W - WW) // self.stride
        out = np.zeros((N, F, Hout, Wout))
        for n in range(N):
            for f in range(F):
                for i in range(Hout):
                    for j in range(Wout):
                        r, c = i * self.stride, j * self.stride
                        out[n, f, i, j] = np.sum(self.x_pad[n, :, r:r + HH, c:c + WW] * self.W[f]) + self.b[f]
        return out

    def backward(self, dout):
        N, F, Hout, Wout = dout.shape
        _, _, HH, WW = self.W.shape
        dx_pad = np.zeros_like(self.x_pad)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        for n in range(N):
            for f in range(F):
                for i in range(Hout):
                    for j in range(Wout):
                        r, c = i * self.stride, j * self.stride
                        self.grad_b[f] += dout[n, f, i, j]
                        self.grad_W[f] += self.x_pad[n, :, r:r + HH, c:c + WW] * dout[n, f, i, j]
                        dx_pad[n, :, r:r + HH, c:c + WW] += self.W[f] * dout[n, f, i, j]
        p = self.pad
        return dx_pad[:, :, p:-p, p:-p]
