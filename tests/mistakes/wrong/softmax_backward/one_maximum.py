import numpy as np

class Softmax:
    def forward(self, z):
        z = z - np.max(z)       # numerical stability
        e = np.exp(z)
        self.out = e / np.sum(e, axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        tmp = np.sum(dout * self.out, axis=1, keepdims=True)
        return self.out * (dout - tmp)
