import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.x_minus_mean = x - np.mean(x, axis=0)
        self.var = np.mean(self.x_minus_mean ** 2, axis=0)
        self.std = np.sqrt(self.var + self.eps)
        return self.gamma * (self.x_minus_mean / self.std) + self.beta

    def backward(self, grad_output):
        N = grad_output.shape[0]
        self.grad_gamma = np.sum(grad_output * self.x_minus_mean, axis=0) / self.std
        self.grad_beta = np.sum(grad_output, axis=0)
        grad_hat = grad_output * self.gamma
        grad_std = -np.sum(grad_hat * self.x_minus_mean, axis=0) / self.std ** 2
        grad_var = grad_std / (2 * self.std)
        # sum(x - mean) is 0, so the variance adds nothing to the gradient of the mean
        grad_mean = -np.sum(grad_hat, axis=0) / self.std
        return grad_hat / self.std + grad_var * 2 * self.x_minus_mean / N + grad_mean / N
