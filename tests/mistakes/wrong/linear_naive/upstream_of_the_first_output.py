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
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)
        grad_input = np.zeros(self.x.shape)
        for n in range(grad_output.shape[0]):
            j = 0
            g = grad_output[n, j]
            while j < grad_output.shape[1]:
                self.grad_b[j] += g
                for i in range(self.x.shape[1]):
                    self.grad_W[i, j] += g * self.x[n, i]
                    grad_input[n, i] += g * self.W[i, j]
                j += 1
        return grad_input
