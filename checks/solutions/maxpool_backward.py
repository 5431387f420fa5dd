"""Reference for `maxpool_backward`: the place of each maximum gets all of the blame.

A nudge moves y only if it moves the maximum of its window, so the local gradient is 1 there and
0 elsewhere. A tie is a kink; the first maximum in reading order is chosen, as `argmax` does.
Windows do not overlap, so an image is windows side by side: cut it apart, and put it together
again the same way.
"""

import numpy as np


class MaxPool2d:
    """The largest entry of each k by k window; the windows tile the image."""

    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, x):
        """Return y (N, C, H/k, W/k) for x (N, C, H, W)."""
        windows = self._cut(x)
        self.place = self._place(windows)
        return windows.max(axis=-1)

    def _place(self, windows):
        """The number of each window's maximum, counted along its rows; the first one in a tie."""
        return windows.argmax(axis=-1)

    def _cut(self, x):
        """One row of k·k entries for each window: (N, C, H/k, W/k, k·k)."""
        n, c, h, w = x.shape
        k = self.kernel_size
        grid = x.reshape(n, c, h // k, k, w // k, k)
        return grid.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, h // k, w // k, k * k)

    def _join(self, windows):
        """The image (N, C, H, W) that these windows were cut from."""
        n, c, rows, columns, _ = windows.shape
        k = self.kernel_size
        grid = windows.reshape(n, c, rows, columns, k, k)
        return grid.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, rows * k, columns * k)

    def backward(self, grad_output):
        """Return grad_input (N, C, H, W) for grad_output (N, C, H/k, W/k)."""
        grad_windows = np.zeros((*grad_output.shape, self.kernel_size**2))
        np.put_along_axis(grad_windows, self.place[..., None], grad_output[..., None], axis=-1)
        return self._join(grad_windows)
