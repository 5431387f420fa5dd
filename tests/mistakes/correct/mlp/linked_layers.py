import numpy as np


class Linear:
    def __init__(self, prev, n_in, n_out):
        self.prev = prev
        self.W = np.random.normal(0, 1 / n_in, (n_in, n_out))
        self.b = np.zeros(n_out)
        self.grad_W, self.grad_b = np.zeros((n_in, n_out)), np.zeros(n_out)

    def pull(self, X):
        self.x = X if self.prev is None else self.prev.pull(X)
        return self.x @ self.W + self.b

    def push(self, blame):
        self.grad_W[...] = np.tensordot(self.x, blame, axes=(0, 0))
        self.grad_b[...] = blame.sum(axis=0)
        back = np.inner(blame, self.W)
        return back if self.prev is None else self.prev.push(back)


class ReLU:
    def __init__(self, prev):
        self.prev = prev

    def pull(self, X):
        z = self.prev.pull(X)
        self.gate = z > 0
        return np.multiply(z, self.gate)

    def push(self, blame):
        return self.prev.push(blame * self.gate)


class MLP:
    def __init__(self, sizes):
        self.layers = [Linear(None, sizes[0], sizes[1])]
        for n_in, n_out in zip(sizes[1:-1], sizes[2:]):
            self.layers.append(ReLU(self.layers[-1]))
            self.layers.append(Linear(self.layers[-1], n_in, n_out))

    def forward(self, X):
        self.logits = self.layers[-1].pull(X)
        return self.logits

    def backward(self, y):
        weights = np.exp(self.logits - self.logits.max(axis=1)[:, np.newaxis])
        share = weights / weights.sum(axis=1)[:, np.newaxis]
        wanted = np.zeros_like(share)
        np.put_along_axis(wanted, np.asarray(y)[:, None], 1.0, axis=1)
        return self.layers[-1].push((share - wanted) / share.shape[0])

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W -= lr * layer.grad_W
                layer.b -= lr * layer.grad_b
