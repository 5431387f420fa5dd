import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.rows = list(x)
        out = []
        for r in self.rows:
            y = self.b.copy()
            for xi, w in zip(r, self.W):
                y += xi * w
            out.append(y)
        return np.stack(out)

    def _shares(self, grad_output):
        for r, g in zip(self.rows, grad_output):
            yield np.multiply.outer(r, g), g, (self.W * g).sum(axis=1)

    def backward(self, grad_output):
        gw, gb, gx = zip(*self._shares(grad_output))
        self.grad_W = sum(gw)
        self.grad_b = np.sum(gb, axis=0)
        return np.vstack(gx)
