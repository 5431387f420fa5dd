import numpy as np

class ReLU:
    def forward(self, x):
        self.cache = x
        out = np.maximum(0, x)
        return out

    def backward(self, dout):
        x = self.cache
        dx = np.zeros_like(x)
        keep = dout > 0
        dx[keep] = dout[keep]
        return dx
