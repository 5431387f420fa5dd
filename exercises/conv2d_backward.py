"""A convolution, backward: add to the slices that forward read.

    x              (N, I, H, W)            N images with I channels
    W              (O, I, k, k)            one k by k kernel for each pair of channels
    b              (O,)
    grad_output    (N, O, H_out, W_out)    ∂L/∂y
    s, p           stride and padding      H_out = (H + 2p − k) // s + 1, W_out likewise

    padded = x with a frame of p zeros

    forward     y[n, o, h, w] = b[o] + Σ_i Σ_u Σ_v W[o, i, u, v] · padded[n, i, s·h + u, s·w + v]

    backward    ∂L/∂b[o]          = Σ over n, h, w of ∂L/∂y[n, o, h, w]
                ∂L/∂W[o, i, u, v] = Σ over n, h, w of ∂L/∂y[n, o, h, w]
                                                      · padded[n, i, s·h + u, s·w + v]
                ∂L/∂x             = every product W · ∂L/∂y, added where forward read, without
                                    the frame

The kernel is not flipped in forward.
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
        """Return y (N, O, H_out, W_out) for x (N, I, H, W), and keep the padded images."""
        p, s, k = self.padding, self.stride, self.W.shape[2]
        self.padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        rows = (self.padded.shape[2] - k) // s + 1
        columns = (self.padded.shape[3] - k) // s + 1
        y = np.zeros((x.shape[0], self.W.shape[0], rows, columns))
        for u in range(k):
            for v in range(k):  # one weight of the kernel, at all positions at once
                patch = self.padded[:, :, u : u + s * rows : s, v : v + s * columns : s]
                y += np.einsum("nihw,oi->nohw", patch, self.W[:, :, u, v])
        return y + self.b[:, None, None]

    def backward(self, grad_output):
        """Set grad_W (O, I, k, k) and grad_b (O,); return grad_input (N, I, H, W)."""
        raise NotImplementedError("TODO: set grad_W and grad_b, return grad_input")
