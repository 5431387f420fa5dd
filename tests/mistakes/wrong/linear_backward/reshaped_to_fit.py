import numpy as np


class Linear:
    """y = x · W + b for a batch of rows."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in), and keep x for backward."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        """Set grad_W (in, out) and grad_b (out,); return grad_input (N, in)."""
        grad_W = np.dot(grad_output.T, self.x)
        self.grad_W = grad_W.reshape(self.W.shape)
        self.grad_b = np.sum(grad_output, axis=0)
        grad_input = np.dot(grad_output, self.W.T)
        return grad_input
