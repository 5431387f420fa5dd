"""Reference for `memory_efficient`: nothing is kept twice, and nothing is kept too long.

A mask repeats what is known: the output of a ReLU is positive exactly where its gate was open, and
that output is kept anyway, as the input of the next product. The ReLU overwrites its own input,
which nobody else has seen. On the way back every input is given up after its last use, so memory
falls as fast as it rose.
"""

import numpy as np


class Network:
    """Matrix products with a ReLU between each two."""

    def __init__(self, weights):
        self.weights = weights

    def forward(self, x):
        """Return output (N, sizes[-1]) for x (N, sizes[0])."""
        self.inputs = [x]
        for W in self.weights[:-1]:
            z = self.inputs[-1] @ W
            self.inputs.append(np.maximum(z, 0.0, out=z))
        return self.inputs[-1] @ self.weights[-1]

    def backward(self, grad_output):
        """Set grad_weights, a list like weights; return grad_input, shaped like x."""
        self.grad_weights = [None] * len(self.weights)
        grad = grad_output
        for k in range(len(self.weights) - 1, -1, -1):
            x = self.inputs.pop()
            self.grad_weights[k] = x.T @ grad
            grad = grad @ self.weights[k].T
            if k > 0:
                grad *= self.gate(x)  # a new array of ours, so it may be overwritten
        return grad

    def gate(self, x):
        """Where the ReLU that gave x was open."""
        return x > 0

    def step(self, x, grad_output):
        """Forward and backward; return grad_input."""
        self.forward(x)
        return self.backward(grad_output)
