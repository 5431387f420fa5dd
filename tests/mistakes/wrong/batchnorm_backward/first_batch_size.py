import numpy as np


class BatchNorm:
  def __init__(self, dim, eps=1e-5):
    self.gamma = np.ones(dim)
    self.beta = np.zeros(dim)
    self.eps = eps
    self.batchSize = None

  def forward(self, x):
    if self.batchSize is None:
      self.batchSize = len(x)
    self.xc = x - x.mean(axis=0)
    self.sigma = np.sqrt(np.mean(self.xc * self.xc, axis=0) + self.eps)
    self.xHat = self.xc / self.sigma
    return self.gamma * self.xHat + self.beta

  def backward(self, gOut):
    self.grad_gamma = np.sum(gOut * self.xHat, axis=0)
    self.grad_beta = np.sum(gOut, axis=0)
    gHat = gOut * self.gamma
    a = np.sum(gHat, axis=0) / self.batchSize
    b = np.sum(gHat * self.xHat, axis=0) / self.batchSize
    return (gHat - a - self.xHat * b) / self.sigma
