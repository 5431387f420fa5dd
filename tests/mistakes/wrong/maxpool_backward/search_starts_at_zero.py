import numpy as np


class MaxPool2d:

    def __init__(self, kernel_size):
        self.size = kernel_size

    def forward(self, x):
        s = self.size
        n, c, h, w = x.shape
        best = np.zeros((n, c, h // s, w // s))
        self.who = np.full(best.shape, -1)
        for a in range(s):
            for b in range(s):
                part = x[:, :, a::s, b::s]
                better = part > best
                best = np.where(better, part, best)
                self.who[better] = a * s + b
        return best

    def backward(self, grad_output):
        s = self.size
        n, c, h, w = grad_output.shape
        grad_input = np.zeros((n, c, h * s, w * s))
        for a in range(s):
            for b in range(s):
                grad_input[:, :, a::s, b::s] = grad_output * (self.who == a * s + b)
        return grad_input
