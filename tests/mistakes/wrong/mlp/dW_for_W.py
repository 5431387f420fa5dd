import numpy as np

class Linear:
  def __init__(self, nIn, nOut):
    self.W = 0.1 * np.random.randn(nIn, nOut)
    self.b = np.zeros(nOut)

  def forward(self, xIn):
    self.xIn = xIn
    return np.einsum('ij,jk->ik', xIn, self.W) + self.b[np.newaxis, :]

  def backward(self, gOut):
    self.grad_W = np.einsum('ij,ik->jk', self.xIn, gOut)
    self.grad_b = np.einsum('ik->k', gOut)
    return np.einsum('ik,jk->ij', gOut, self.grad_W)

class ReLU:
  def forward(self, xIn):
    self.isOn = (xIn > 0).astype(float)
    return xIn * self.isOn

  def backward(self, gOut):
    return gOut * self.isOn

class MLP:
  def __init__(self, sizes):
    self.layers = []
    for nIn, nOut in zip(sizes, sizes[1:-1]):
      self.layers += [Linear(nIn, nOut), ReLU()]
    self.layers.append(Linear(sizes[-2], sizes[-1]))

  def forward(self, X):
    out = X
    for layer in self.layers:
      out = layer.forward(out)
    rowMax = out.max(axis=1, keepdims=True)
    expOut = np.exp(out - rowMax)
    self.probs = expOut / expOut.sum(axis=1, keepdims=True)
    return out

  def backward(self, y):
    grad = self.probs.copy()
    grad[np.arange(y.size), y] -= 1
    grad = grad / y.size
    for layer in reversed(self.layers):
      grad = layer.backward(grad)
    return grad

  def update(self, lr):
    for layer in self.layers:
      if isinstance(layer, Linear):
        layer.W = layer.W - lr * layer.grad_W
        layer.b = layer.b - lr * layer.grad_b
