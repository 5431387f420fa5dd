import math


def v(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    def __init__(self, data, back=None, *parents):
        self.data, self.grad = float(data), 0.0
        self.back, self.parents = back, parents

    def __add__(self, o):
        o = v(o)
        return Value(self.data + o.data, lambda g: (g, g), self, o)

    def __sub__(self, o):
        o = v(o)
        return Value(self.data - o.data, lambda g: (g, -g), self, o)

    def __mul__(self, o):
        o = v(o)
        return Value(self.data * o.data, lambda g: (g * o.data, g * self.data), self, o)

    def __truediv__(self, o):
        o = v(o)
        q = self.data / o.data
        return Value(q, lambda g: (g / o.data, -g * q / o.data), self, o)

    def __pow__(self, n):
        return Value(self.data ** n, lambda g: (g * n * self.data ** (n - 1) if n else 0.0,), self)

    def __neg__(self):
        return Value(-self.data)

    def __radd__(self, o): return v(o) + self
    def __rsub__(self, o): return v(o) - self
    def __rmul__(self, o): return v(o) * self
    def __rtruediv__(self, o): return v(o) / self

    def relu(self):
        return Value(max(self.data, 0.0), lambda g: (g if self.data > 0 else 0.0,), self)

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, lambda g: (g - g * t * t,), self)

    def exp(self):
        e = math.exp(self.data)
        return Value(e, lambda g: (g * e,), self)

    def backward(self):
        order, marked, stack = [], set(), [self]
        while stack:
            node = stack.pop()
            if node is None:
                order.append(stack.pop())
            elif node not in marked:
                marked.add(node)
                node.grad = 0.0
                stack += [node, None, *node.parents]
        self.grad = 1.0
        for node in order[::-1]:
            if node.back:
                for p, g in zip(node.parents, node.back(node.grad)):
                    p.grad += g
