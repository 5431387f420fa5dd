"""Reference for `linear_naive`: one multiplication at a time.

Forward joins x[n, i] and W[i, j] in y[n, j]. Backward walks the same triples (n, i, j), and
each of the two receives the blame of y[n, j] times the value of its partner. The sums over
the batch and over the outputs need no thought: `+=` makes them.
"""

import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in)."""
        self.x = x
        rows, inputs = x.shape
        outputs = self.b.shape[0]
        y = np.zeros((rows, outputs))
        for n in range(rows):
            for j in range(outputs):
                y[n, j] = self.b[j]
                for i in range(inputs):
                    y[n, j] += x[n, i] * self.W[i, j]
        return y

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        rows, inputs = self.x.shape
        outputs = self.b.shape[0]
        self.grad_W = np.zeros((inputs, outputs))
        self.grad_b = np.zeros(outputs)
        grad_input = np.zeros((rows, inputs))
        for n in range(rows):
            for j in range(outputs):
                blame = grad_output[n, j]
                self.grad_b[j] += blame
                for i in range(inputs):
                    self.grad_W[i, j] += self.x[n, i] * blame
                    grad_input[n, i] += self.W[i, j] * blame
        return grad_input
