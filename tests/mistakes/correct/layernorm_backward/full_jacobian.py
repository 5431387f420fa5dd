import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def normalise(self, row):
        centred = row - row.mean()
        return centred, np.sqrt(centred @ centred / row.size + self.eps)

    def forward(self, x):
        self.rows = [self.normalise(row) for row in x]
        return np.stack([self.gamma * c / s + self.beta for c, s in self.rows])

    def backward(self, grad_output):
        D = grad_output.shape[1]
        self.grad_gamma = sum(g * c / s for g, (c, s) in zip(grad_output, self.rows))
        self.grad_beta = sum(grad_output)
        out = np.empty(grad_output.shape)
        for n, (c, s) in enumerate(self.rows):
            # d x_hat_j / d x_i
            jacobian = (np.eye(D) - 1 / D) / s - np.outer(c, c) / (D * s**3)
            out[n] = jacobian @ (self.gamma * grad_output[n])
        return out
