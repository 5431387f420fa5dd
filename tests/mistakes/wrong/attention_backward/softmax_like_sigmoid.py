import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def softmax_backward(grad, s):
    return grad * s * (1 - s)


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.scale = 1 / np.sqrt(Q.shape[-1])
        self.A = softmax(self.scale * np.matmul(Q, np.swapaxes(K, 1, 2)))
        self.inputs = Q, K, V
        return np.matmul(self.A, V)

    def backward(self, grad):
        Q, K, V = self.inputs
        grad_A = np.matmul(grad, np.swapaxes(V, 1, 2))
        grad_V = np.matmul(np.swapaxes(self.A, 1, 2), grad)
        grad_S = self.scale * softmax_backward(grad_A, self.A)
        return np.matmul(grad_S, K), np.matmul(np.swapaxes(grad_S, 1, 2), Q), grad_V
