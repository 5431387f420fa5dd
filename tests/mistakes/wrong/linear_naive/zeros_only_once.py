import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.default_rng().normal(scale=0.1, size=(in_features, out_features))
        self.b = np.zeros(out_features)
        self.grad_W = np.zeros((in_features, out_features))
        self.grad_b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = []
        for row in x:
            y.append([sum(row[i] * self.W[i, j] for i in range(len(row))) + self.b[j]
                      for j in range(len(self.b))])
        return np.array(y)

    def backward(self, grad_output):
        grad_input = np.zeros(self.x.shape)
        for n in range(len(grad_output)):
            for j in range(len(self.b)):
                g = grad_output[n, j]
                self.grad_b[j] += g
                for i in range(len(self.W)):
                    self.grad_W[i, j] += self.x[n, i] * g
                    grad_input[n, i] += self.W[i, j] * g
        return grad_input
