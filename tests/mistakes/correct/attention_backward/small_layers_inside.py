import numpy as np


class MatMul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a @ b

    def backward(self, g):
        return g @ np.moveaxis(self.b, 1, 2), np.moveaxis(self.a, 1, 2) @ g


class Softmax:
    def forward(self, z):
        self.p = np.exp(z - z.max(-1)[..., None])
        self.p = self.p / self.p.sum(-1)[..., None]
        return self.p

    def backward(self, g):
        centred = g - np.einsum("...i,...i->...", g, self.p)[..., None]
        return centred * self.p


class ScaledDotProductAttention:
    def __init__(self):
        self.scores, self.softmax, self.mix = MatMul(), Softmax(), MatMul()

    def forward(self, Q, K, V):
        self.root4 = Q.shape[-1] ** 0.25        # half of the scale for each of Q and K
        s = self.scores.forward(Q / self.root4, np.moveaxis(K / self.root4, 2, 1))
        return self.mix.forward(self.softmax.forward(s), V)

    def backward(self, grad):
        grad_a, grad_v = self.mix.backward(grad)
        grad_q, grad_kt = self.scores.backward(self.softmax.backward(grad_a))
        return grad_q / self.root4, np.moveaxis(grad_kt, 1, 2) / self.root4, grad_v
