import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        self.q = Q * Q.shape[-1] ** -0.5
        self.k, self.v = K, V
        s = self.q @ np.swapaxes(K, -2, -1)
        self.log_sum = np.logaddexp.reduce(s, axis=-1, keepdims=True)
        self.y = np.exp(s - self.log_sum) @ V
        return self.y

    def backward(self, grad):
        p = np.exp(self.q @ np.swapaxes(self.k, -2, -1) - self.log_sum)
        delta = np.sum(grad * self.y, axis=-1, keepdims=True)
        ds = p * (grad @ np.swapaxes(self.v, -2, -1) - delta)
        grad_q = ds @ self.k * self.q.shape[-1] ** -0.5
        return grad_q, np.swapaxes(ds, -2, -1) @ self.q, np.swapaxes(p, -2, -1) @ grad
