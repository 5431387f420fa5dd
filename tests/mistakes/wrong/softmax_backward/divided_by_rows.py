import numpy as np

class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        self.batch_size = z.shape[0]
        return self.p

    def backward(self, grad_output):
        d = self.p * (grad_output - (grad_output * self.p).sum(1, keepdims=True))
        return d / self.batch_size
