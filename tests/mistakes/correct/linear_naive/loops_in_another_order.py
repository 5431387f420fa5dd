import numpy as np


class Linear:
    def __init__(self, fan_in, fan_out):
        self.W = np.random.default_rng().normal(scale=0.1, size=(fan_in, fan_out))
        self.b = np.zeros(fan_out)

    def forward(self, batch):
        self.batch = batch
        rows, fan_in = batch.shape
        fan_out = self.W.shape[1]
        result = np.zeros((rows, fan_out))
        for i in range(fan_in):
            for j in range(fan_out):
                for r in range(rows):
                    result[r, j] += batch[r, i] * self.W[i, j]
        for r in range(rows):
            for j in range(fan_out):
                result[r, j] += self.b[j]
        return result

    def backward(self, delta):
        rows, fan_in = self.batch.shape
        fan_out = delta.shape[1]
        gw, gx, gb = np.zeros((fan_in, fan_out)), np.zeros((rows, fan_in)), np.zeros(fan_out)
        for i in range(fan_in):
            for j in range(fan_out):
                for r in range(rows):
                    gw[i, j] += self.batch[r, i] * delta[r, j]
                    gx[r, i] += self.W[i, j] * delta[r, j]
        for j in range(fan_out):
            for r in range(rows):
                gb[j] += delta[r, j]
        self.grad_W, self.grad_b = gw, gb
        return gx
