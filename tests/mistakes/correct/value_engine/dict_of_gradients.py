import math
from collections import defaultdict


def lift(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    def __init__(self, data, inputs=(), vjp=None):
        self.data, self.grad, self.inputs, self.vjp = data, 0.0, inputs, vjp
        self.depth = max([i.depth for i in inputs], default=-1) + 1

    def __add__(self, other):
        return Value(self.data + lift(other).data, (self, lift(other)), lambda g: (g, g))

    def __mul__(self, other):
        a, b = self.data, lift(other).data
        return Value(a * b, (self, lift(other)), lambda g: (g * b, g * a))

    def __pow__(self, k):
        x = self.data
        return Value(x**k, (self,), lambda g: (0.0 if k == 0 else g * k * x ** (k - 1),))

    def __neg__(self):
        return Value(-self.data, (self,), lambda g: (-g,))

    def __sub__(self, other):
        return self + (-lift(other))

    def __truediv__(self, other):
        return self * lift(other) ** -1

    def __radd__(self, other):
        return lift(other) + self

    def __rmul__(self, other):
        return lift(other) * self

    def __rsub__(self, other):
        return lift(other) - self

    def __rtruediv__(self, other):
        return lift(other) / self

    def relu(self):
        return Value((self.data > 0) * self.data, (self,), lambda g: (g * (self.data > 0),))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), lambda g: (g * (1 - y) * (1 + y),))

    def exp(self):
        y = math.exp(self.data)
        return Value(y, (self,), lambda g: (g * y,))

    def backward(self):
        by_depth = defaultdict(dict)       # depth -> {node: gradient}
        by_depth[self.depth][self] = 1.0
        for depth in range(self.depth, -1, -1):
            for node, g in by_depth[depth].items():
                for source, part in zip(node.inputs, node.vjp(g) if node.vjp else ()):
                    level = by_depth[source.depth]
                    level[source] = level.get(source, 0.0) + part
        for level in by_depth.values():
            for node, g in level.items():
                node.grad = float(g)
