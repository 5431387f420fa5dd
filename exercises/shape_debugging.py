"""Three broken layers: every forward is right, and every backward has one bug.

    Centre    takes from each row its mean      x, y (N, D)
    Linear    y = x · Wᵀ + b                    x (N, in)    W (out, in)    b (out,)    y (N, out)
    Scale     y = gamma · x, feature by feature    gamma (D,)    x, y (N, D)

A gradient has the shape of its variable. Run this file, and it prints both side by side:

    python shape_debugging.py
"""

import numpy as np


class Centre:
    """Every row minus its own mean: y[n, i] = x[n, i] − (1/D) · Σₖ x[n, k]."""

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        return x - x.mean(axis=1, keepdims=True)

    def backward(self, grad_output):
        """Return grad_input (N, D)."""
        # TODO: there is a bug in this method.
        return grad_output - grad_output.mean(axis=0, keepdims=True)


class Linear:
    """y = x · Wᵀ + b, with one row of W for each output."""

    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(out_features, in_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        """Return y (N, out) for x (N, in)."""
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, grad_output):
        """Set grad_W (out, in) and grad_b (out,); return grad_input (N, in)."""
        # TODO: there is a bug in this method.
        self.grad_W = self.x.T @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.W


class Scale:
    """y[n, j] = gamma[j] · x[n, j]: one factor for each feature, shared by all rows."""

    def __init__(self, features):
        self.gamma = np.ones(features)

    def forward(self, x):
        """Return y (N, D) for x (N, D)."""
        self.x = x
        return self.gamma * x

    def backward(self, grad_output):
        """Set grad_gamma (D,); return grad_input (N, D)."""
        # TODO: there is a bug in this method.
        self.grad_gamma = grad_output * self.x
        return grad_output * self.gamma


def print_shapes():
    """Send a batch of 4 through the three layers and back, and print what has which shape."""
    centre, linear, scale = Centre(), Linear(3, 5), Scale(5)
    x = np.random.default_rng(0).normal(size=(4, 3))
    y = scale.forward(linear.forward(centre.forward(x)))
    grad = scale.backward(np.ones_like(y))
    grad = linear.backward(grad)
    grad = centre.backward(grad)
    for name, variable, gradient in (
        ("x", x, grad),
        ("W", linear.W, linear.grad_W),
        ("b", linear.b, linear.grad_b),
        ("gamma", scale.gamma, scale.grad_gamma),
    ):
        print(f"{name:6}{variable.shape!s:8} its gradient {gradient.shape}")


if __name__ == "__main__":
    print_shapes()
