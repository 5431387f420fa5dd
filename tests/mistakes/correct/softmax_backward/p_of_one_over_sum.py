import numpy as np


class Softmax:
    def forward(self, z):
        with np.errstate(over="ignore"):
            self.p = 1.0 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
        return self.p

    def backward(self, grad_output):
        s = np.vecdot(grad_output, self.p) if hasattr(np, "vecdot") else (
            grad_output * self.p).sum(axis=1)
        return self.p * (grad_output - s[:, None])
