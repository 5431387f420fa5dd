from math import exp, tanh


def wrap(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    # parents is a list of pairs: (the parent, how much I change when it changes by 1)
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = dict(parents)
    def __repr__(self):
        return f"Value({self.data:.4g}, grad={self.grad:.4g})"
    def __add__(self, b):
        b = wrap(b)
        return Value(self.data + b.data, [(self, 1.0), (b, 1.0)])
    def __sub__(self, b):
        b = wrap(b)
        return Value(self.data - b.data, [(self, 1.0), (b, -1.0)])
    def __mul__(self, b):
        b = wrap(b)
        return Value(self.data * b.data, [(self, b.data), (b, self.data)])
    def __truediv__(self, b):
        b = wrap(b)
        return Value(self.data / b.data, [(self, 1 / b.data), (b, -self.data / b.data**2)])
    def __pow__(self, k):
        d = k * self.data ** (k - 1) if k else 0.0
        return Value(self.data**k, [(self, d)])
    def __neg__(self):
        return Value(-self.data, [(self, -1.0)])
    __radd__ = __add__
    __rmul__ = __mul__
    def __rsub__(self, a):
        return wrap(a) - self
    def __rtruediv__(self, a):
        return wrap(a) / self
    def relu(self):
        return Value(self.data, [(self, 1.0)]) if self.data > 0 else Value(0.0, [(self, 0.0)])
    def tanh(self):
        t = tanh(self.data)
        return Value(t, [(self, 1 - t * t)])
    def exp(self):
        e = exp(self.data)
        return Value(e, [(self, e)])
    def ordered(self):
        """Parents before children, without recursion."""
        seen, out = {self}, []
        path = [(self, iter(self.parents))]
        while path:
            node, rest = path[-1]
            for parent in rest:
                if parent not in seen:
                    seen.add(parent)
                    path.append((parent, iter(parent.parents)))
                    break
            else:
                out.append(node)
                path.pop()
        return out
    def backward(self):
        nodes = self.ordered()
        for v in nodes:
            v.grad = 0.0
        self.grad = 1.0
        for v in nodes[::-1]:
            for parent, d in v.parents.items():
                parent.grad += d * v.grad
