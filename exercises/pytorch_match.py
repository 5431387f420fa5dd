"""The same network as in PyTorch, to the ninth digit: forward is given, backward is yours.

    x               (N, D)
    labels          (N,)           integers from 0 to C − 1
    class_weights   (C,)           how much each class counts in the loss
    W1 (H1, D), W2 (H2, H1), W3 (C, H2); b1 (H1,), b2 (H2,), b3 (C,)

A weight matrix is (out, in) here, as in torch.nn.Linear. So the product is x · Wᵀ, and the
gradient of W is (out, in) as well.

    h1 = tanh(x · W1ᵀ + b1)
    h2 = ReLU(h1 · W2ᵀ + b2)
    logits = h2 · W3ᵀ + b3,   p = softmax of each row

    loss = Σₙ w[n] · (−log p[n, labels[n]]) / Σₙ w[n],    w[n] = class_weights[labels[n]]

The mean is weighted: it divides by the sum of the weights that occur in the batch, not by N.
That is what torch.nn.functional.cross_entropy(logits, labels, weight=class_weights) computes.
"""

import numpy as np


class Network:
    """Linear, tanh, Linear, ReLU, Linear, and a weighted cross-entropy."""

    def __init__(self, sizes, class_weights):
        """For sizes [D, H1, H2, C]. Parameters may be replaced from outside."""
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
        raise NotImplementedError("TODO: from the loss back to x, every gradient on its way")
