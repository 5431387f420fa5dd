import numpy as np


class Conv2d:
  """Plain convolution layer (cross-correlation)."""

  def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
    self.kSize, self.stride, self.padding = kernel_size, stride, padding
    fanIn = in_channels * kernel_size * kernel_size
    self.W = np.random.randn(out_channels, in_channels, kernel_size, kernel_size) / np.sqrt(fanIn)
    self.b = np.zeros(out_channels)

  def forward(self, x):
    pad = self.padding
    self.xPad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    nRows = (self.xPad.shape[2] - self.kSize) // self.stride + 1
    nCols = (self.xPad.shape[3] - self.kSize) // self.stride + 1
    self.places = [(r, c, slice(r * self.stride, r * self.stride + self.kSize),
                    slice(c * self.stride, c * self.stride + self.kSize))
                   for r in range(nRows) for c in range(nCols)]
    out = np.zeros((x.shape[0], self.W.shape[0], nRows, nCols))
    flatW = self.W.reshape(self.W.shape[0], -1)
    for r, c, rows, cols in self.places:
      out[:, :, r, c] = self.xPad[:, :, rows, cols].reshape(x.shape[0], -1) @ flatW.T + self.b
    return out

  def backward(self, gOut):
    flatW = self.W.reshape(self.W.shape[0], -1)
    gPad = np.zeros_like(self.xPad)
    gW = np.zeros_like(flatW)
    for r, c, rows, cols in self.places:
      window = self.xPad[:, :, rows, cols]
      gW += gOut[:, :, r, c].T @ window.reshape(len(window), -1)
      gPad[:, :, rows, cols] = (gOut[:, :, r, c] @ flatW).reshape(window.shape)
    self.grad_W = gW.reshape(self.W.shape)
    self.grad_b = gOut.sum(axis=(0, 2, 3))
    pad = self.padding
    return gPad[:, :, pad:gPad.shape[2] - pad, pad:gPad.shape[3] - pad]
