import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = np.tile(self.b, (x.shape[0], 1)).astype(float)
        n, i, j = np.indices((*x.shape, self.W.shape[1]))
        np.add.at(y, (n, j), x[n, i] * self.W[i, j])
        return y

    def backward(self, grad_output):
        n, i, j = np.indices((*self.x.shape, grad_output.shape[1]))
        self.grad_W, self.grad_b = np.zeros(self.W.shape), np.zeros(self.b.shape)
        grad_input = np.zeros(self.x.shape)
        np.add.at(self.grad_W, (i, j), self.x[n, i] * grad_output[n, j])
        np.add.at(grad_input, (n, i), grad_output[n, j] * self.W[i, j])
        for row in grad_output:
            np.add.at(self.grad_b, np.arange(row.size), row)
        return grad_input
