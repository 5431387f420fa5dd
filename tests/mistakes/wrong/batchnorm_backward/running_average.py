import numpy as np


class BatchNorm:
    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps
        self.momentum = 0.9
        self.running_mean = None
        self.running_var = None

    def forward(self, x):
        mean, var = x.mean(axis=0), x.var(axis=0)
        if self.running_mean is not None:
            mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
            var = self.momentum * self.running_var + (1 - self.momentum) * var
        self.running_mean, self.running_var = mean, var
        self.inv_std = 1 / np.sqrt(var + self.eps)
        self.x_hat = (x - mean) * self.inv_std
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        self.grad_gamma = (grad_output * self.x_hat).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        N = grad_output.shape[0]
        return self.gamma * self.inv_std / N * (
            N * grad_output - self.grad_beta - self.x_hat * self.grad_gamma)
