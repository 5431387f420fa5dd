"""The numerical gradient: nudge one entry of x both ways and see how f answers.

    x      array of any shape (float64)
    f      function: an array shaped like x -> one float
    eps    the step, a small positive number

    ∂f/∂x[i] ≈ ( f(x + eps·eᵢ) − f(x − eps·eᵢ) ) / (2 · eps)

eᵢ is 1 at entry i and 0 everywhere else, so one entry moves while the others stand still.
The answer has the shape of x, and x itself is the same afterwards as before.
"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Return the gradient of f at x by central differences, an array shaped like x."""
    base = f(x)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up = x.copy()
        up[index] += eps
        grad[index] = (f(up) - base) / eps
    return grad
