"""Reference for `pytorch_match`: p − y once more, each row with its share of the weights.

The loss of row n is w[n] / Σ w times −log p[n, labels[n]]; the first factor holds no logit, so it
stays in front of p − y. With W as (out, in), y = x · Wᵀ, every product of the usual linear layer
is turned round: ∂L/∂W[j, i] = Σₙ g[n, j] · x[n, i] = gᵀ · x, and ∂L/∂x = g · W.
"""

import numpy as np


class Network:
    """Linear, tanh, Linear, ReLU, Linear, and a weighted cross-entropy."""

    def __init__(self, sizes, class_weights):
        rng = np.random.default_rng()
        for k in (1, 2, 3):
            inputs, outputs = sizes[k - 1], sizes[k]
            setattr(self, f"W{k}", rng.normal(scale=inputs**-0.5, size=(outputs, inputs)))
            setattr(self, f"b{k}", np.zeros(outputs))
        self.class_weights = class_weights

    def forward(self, x, labels):
        """Return the loss, one number, and keep what backward needs."""
        self.x, self.labels = x, labels
        self.h1 = np.tanh(x @ self.W1.T + self.b1)
        self.h2 = np.maximum(0.0, self.h1 @ self.W2.T + self.b2)
        logits = self.h2 @ self.W3.T + self.b3
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p = np.exp(log_p)
        self.w = self.class_weights[labels]
        return -(self.w * log_p[np.arange(len(labels)), labels]).sum() / self.w.sum()

    def backward(self):
        """Set grad_W1, grad_b1, ..., grad_b3, shaped like W1, b1, ..., b3; return ∂L/∂x."""
        grad = self.through_linear(3, self.h2, self.grad_logits())
        grad = self.through_linear(2, self.h1, grad * relu_slope(self.h2))
        return self.through_linear(1, self.x, grad * tanh_slope(self.h1))

    def grad_logits(self):
        """∂L/∂logits: (p − y) times each row's share of the weights."""
        y = np.eye(self.p.shape[1])[self.labels]
        return (self.p - y) * (self.w / self.w.sum())[:, np.newaxis]

    def through_linear(self, k, x, grad):
        """Set grad_Wk and grad_bk for the upstream of layer k; return what passes to x."""
        setattr(self, f"grad_W{k}", grad.T @ x)
        setattr(self, f"grad_b{k}", grad.sum(axis=0))
        return grad @ getattr(self, f"W{k}")


def relu_slope(output):
    """1 where the gate was open: exactly there the output is positive."""
    return output > 0


def tanh_slope(output):
    """1 − tanh², of tanh's output."""
    return 1.0 - output**2
