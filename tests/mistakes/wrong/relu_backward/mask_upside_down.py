import numpy as np


class ReLU:
    def forward(self, x):
        self.dead = x <= 0
        return np.where(self.dead, 0.0, x)

    def backward(self, grad_output):
        return np.ma.masked_array(grad_output, ~self.dead).filled(0.0)
