import numpy as np


class Dropout:
    def __init__(self, p, rng):
        self.drop_prob = p
        self.rng = rng

    def forward(self, x, training=True):
        keep_prob = 1.0 - self.drop_prob
        if training:
            u = self.rng.random(x.shape)
            self.d_out_d_x = (u >= self.drop_prob) / keep_prob
        else:
            self.d_out_d_x = np.full(x.shape, keep_prob)
        return x * self.d_out_d_x

    def backward(self, grad_output):
        return grad_output * self.d_out_d_x
