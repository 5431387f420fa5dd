import numpy as np

class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.mean = np.mean(x, axis=-1)[:, None]
        self.std = np.sqrt(np.var(x, axis=-1) + self.eps)[:, None]
        self.norm = (x - self.mean) / self.std
        return self.gamma[None, :] * self.norm + self.beta[None, :]

    def backward(self, grad_output):
        self.grad_beta = np.sum(grad_output, axis=0)
        self.grad_gamma = np.sum(grad_output * self.norm, axis=0)
        d = grad_output * self.gamma
        return (d) / self.std
