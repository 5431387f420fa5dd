import math


class Value:
    def __init__(self, data, parents=(), grads=()):
        self.data = float(data)
        self.parents = parents
        self.grads = grads      # d self / d parent
        self.grad = 0.0

    def _v(self, x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, x):
        x = self._v(x)
        return Value(self.data + x.data, [self, x], [1.0, 1.0])

    def __sub__(self, x):
        x = self._v(x)
        return Value(self.data - x.data, [self, x], [1.0, -1.0])

    def __mul__(self, x):
        x = self._v(x)
        return Value(self.data * x.data, [self, x], [x.data, self.data])

    def __truediv__(self, x):
        x = self._v(x)
        return Value(self.data / x.data, [self, x], [1 / x.data, -self.data / x.data ** 2])

    def __pow__(self, n):
        return Value(self.data ** n, [self], [n * self.data ** (n - 1) if n else 0.0])

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, x): return self._v(x) - self
    def __rtruediv__(self, x): return self._v(x) / self
    def __neg__(self): return Value(-self.data, [self], [-1.0])
    def exp(self): return Value(math.exp(self.data), [self], [math.exp(self.data)])
    def tanh(self): return Value(math.tanh(self.data), [self], [1 - math.tanh(self.data) ** 2])
    def relu(self): return Value(max(0.0, self.data), [self], [1.0 * (self.data > 0)])

    def everything(self):
        nodes, todo = {self}, [self]
        while todo:
            for p in todo.pop().parents:
                if p not in nodes:
                    nodes.add(p)
                    todo.append(p)
        return nodes

    def backward(self):
        for node in self.everything():
            node.grad = 0.0
        self.grad = 1.0
        queue = [self]
        while queue:
            node = queue.pop(0)
            for p, d in zip(node.parents, node.grads):
                p.grad += d * node.grad
                if p.parents:
                    queue.append(p)
