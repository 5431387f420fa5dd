import numpy as np


class Softmax:
    def forward(self, z):
        ez = np.exp(z - np.amax(z, axis=1, keepdims=True))
        self.soft = ez / np.sum(ez, axis=1, keepdims=True)
        return self.soft

    def backward(self, grad_output):
        dot = np.sum(grad_output * self.soft, axis=1, keepdims=True)
        return self.soft * (dot - grad_output)
