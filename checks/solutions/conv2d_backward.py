"""Reference for `conv2d_backward`: backward adds to the slices that forward read.

    y[n, o, h, w] = b[o] + Σ_i Σ_u Σ_v  W[o, i, u, v] · padded[n, i, s·h + u, s·w + v]

For a fixed offset (u, v) this is a linear layer over the channels: W[:, :, u, v] against a
strided slice of the padded image. Its two gradients are those of a linear layer, and since the
slices of different offsets overlap, what comes back to the image is added up. In the frame of
padding there is nobody to blame: it is cut off.
"""

import numpy as np


class Conv2d:
    """A convolution (no flip in forward) with a square kernel, on NCHW images."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        shape = (out_channels, in_channels, kernel_size, kernel_size)
        self.W = np.random.default_rng().normal(scale=0.1, size=shape)
        self.b = np.zeros(out_channels)
        self.stride = stride
        self.padding = padding

    def forward(self, x):
        """Return y (N, O, H_out, W_out) for x (N, I, H, W)."""
        p, k, s = self.padding, self.W.shape[2], self.stride
        self.padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        rows, columns = self.padded.shape[2:]
        self.size = (rows - k) // s + 1, (columns - k) // s + 1
        y = np.zeros((len(x), len(self.b), *self.size)) + self.b[:, None, None]
        for u, v in np.ndindex(k, k):
            y += np.einsum("nihw,oi->nohw", self.padded[self._reach(u, v)], self.W[:, :, u, v])
        return y

    def _reach(self, u, v):
        """The slice of padded images that offset (u, v) of the kernel meets."""
        rows, columns = self.size
        s = self.stride
        return np.s_[:, :, u : u + s * rows : s, v : v + s * columns : s]

    def backward(self, grad_output):
        """Set grad_W (O, I, k, k) and grad_b (O,); return grad_input (N, I, H, W)."""
        self.grad_b = grad_output.sum(axis=(0, 2, 3))
        self.grad_W = np.zeros_like(self.W)
        grad_padded = np.zeros_like(self.padded)
        for u, v in np.ndindex(self.W.shape[2:]):
            patch = self.padded[self._reach(u, v)]
            self.grad_W[:, :, u, v] = np.einsum("nohw,nihw->oi", grad_output, patch)
            blame = np.einsum("nohw,oi->nihw", grad_output, self.W[:, :, u, v])
            grad_padded[self._reach(u, v)] += blame
        p = self.padding
        rows, columns = self.padded.shape[2:]
        return grad_padded[:, :, p : rows - p, p : columns - p]
