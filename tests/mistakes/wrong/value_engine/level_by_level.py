import math
from collections import deque


class Value:
    def __init__(self, data, prev=(), local=()):
        self.data = float(data)
        self.grad = 0.0
        self.prev = prev
        self.local = local

    def __add__(self, other):
        other = to_value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        other = to_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return Value(self.data ** n, (self,), (n * self.data ** (n - 1) if n else 0,))

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + to_value(other) * -1
    def __truediv__(self, other): return self * to_value(other) ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return to_value(other) - self
    def __rtruediv__(self, other): return to_value(other) / self

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def exp(self):
        return Value(math.exp(self.data), (self,), (math.exp(self.data),))

    def backward(self):
        order, queue, seen = [], deque([self]), {self}
        while queue:
            v = queue.popleft()
            order.append(v)
            for p in v.prev:
                if p not in seen:
                    seen.add(p)
                    queue.append(p)
        for v in order:
            v.grad = 0.0
        self.grad = 1.0
        for v in order:
            for p, d in zip(v.prev, v.local):
                p.grad += d * v.grad


def to_value(x):
    return x if isinstance(x, Value) else Value(x)
