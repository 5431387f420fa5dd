import numpy as np

def stable_sigmoid(v):
    return (1.0 + np.tanh(v / 2.0)) / 2.0

class Sigmoid:
    def forward(self, x):
        self.cache = stable_sigmoid(x)
        return self.cache

    def backward(self, grad_output):
        grad = grad_output.copy()
        grad *= 1.0 - self.cache
        return grad

class Tanh:
    def forward(self, x):
        self.cache = np.tanh(x)
        return self.cache

    def backward(self, grad_output):
        grad = grad_output.copy()
        grad *= 1.0 - self.cache ** 2
        return grad
