"""Reference for `dropout_backward`: forward is a product with a factor, and so is backward.

For one entry y = x · factor, where the factor is 1/(1 − p) if the draw is at least p, and 0 if
not. It does not depend on x, so the local gradient is the factor itself. Outside training the
factor is 1, and no number is drawn.
"""


class Dropout:
    """Inverted dropout: what is kept is scaled up in training, and nothing happens in use."""

    def __init__(self, p, rng):
        self.p = p
        self.rng = rng

    def forward(self, x, training=True):
        """Return y, shaped like x."""
        self.factor = self._draw(x.shape) if training else 1.0
        return x * self.factor

    def _draw(self, shape):
        keep = self.rng.random(shape) >= self.p
        return keep / (1.0 - self.p)

    def backward(self, grad_output):
        """Return grad_input, shaped like x, for the latest forward call."""
        return grad_output * self.factor
