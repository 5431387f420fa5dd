"""The same gradients in less memory. This network is right, and wasteful: mend the second.

    weights         [W0, W1, ...]     Wk is (sizes[k], sizes[k + 1]); no biases, to keep it short
    x               (N, sizes[0])
    output          (N, sizes[-1])
    grad_output     (N, sizes[-1])    ∂L/∂output

    forward     x → · W0 → ReLU → · W1 → ReLU → ... → · Wlast         no ReLU at the end
    backward    grad_weights[k] = ∂L/∂Wk, shaped like Wk; returns ∂L/∂x

The check measures the peak of what `step` allocates, with N = 2,000 and six layers 50 wide. Call
the bytes of one (N, 50) array a block. As it stands, `step` needs 12 blocks; at most 60 % of that
are allowed, a little over 7. The gradients stay what they are, in float64.

x and grad_output are not yours to write into. After each forward there is one backward.

TODO: find out what is kept, and for how long. Then change forward and backward, or step.
"""

import numpy as np


class Network:
    """Matrix products with a ReLU between each two."""

    def __init__(self, weights):
        self.weights = weights

    def forward(self, x):
        """Return output (N, sizes[-1]) for x (N, sizes[0])."""
        self.inputs, self.masks = [], []
        for W in self.weights[:-1]:
            self.inputs.append(x)
            z = x @ W
            mask = np.where(z > 0, 1.0, 0.0)
            self.masks.append(mask)
            x = z * mask
        self.inputs.append(x)
        return x @ self.weights[-1]

    def backward(self, grad_output):
        """Set grad_weights, a list like weights; return grad_input, shaped like x."""
        last = len(self.weights) - 1
        self.grad_weights = [None] * len(self.weights)
        grad = grad_output
        for k in range(last, -1, -1):
            if k < last:
                grad = grad * self.masks[k]
            self.grad_weights[k] = self.inputs[k].T @ grad
            grad = grad @ self.weights[k].T
        return grad

    def step(self, x, grad_output):
        """Forward and backward; return grad_input. This is what is measured."""
        self.forward(x)
        return self.backward(grad_output)
