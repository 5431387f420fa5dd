import numpy as np


class Softmax:
    def forward(self, z):
        shifted = z - z.max(axis=-1, keepdims=True)
        e = np.exp(shifted)
        self.p = e / e.sum(axis=-1, keepdims=True)
        return self.p

    def backward(self, grad_output):
        centred = grad_output - grad_output.mean(axis=-1, keepdims=True)
        return self.p * centred
