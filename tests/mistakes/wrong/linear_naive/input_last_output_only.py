import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        out = []
        for row in x:
            out.append([])
            for j in range(self.W.shape[1]):
                s = self.b[j]
                for i, v in enumerate(row):
                    s = s + v * self.W[i][j]
                out[-1].append(s)
        return np.array(out)

    def backward(self, grad_output):
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        grad_input = np.zeros_like(self.x)
        for n, (row, up) in enumerate(zip(self.x, grad_output)):
            for j, g in enumerate(up):
                self.grad_b[j] += g
                for i, v in enumerate(row):
                    self.grad_W[i, j] += v * g
                    grad_input[n, i] = self.W[i, j] * g
        return grad_input
