import math
from collections.abc import Callable
from dataclasses import dataclass, field


def number(x):
    return x if isinstance(x, Value) else Value(x)


@dataclass(eq=False)
class Value:
    """One number in the graph. Two Values are equal when their data is."""
    def __eq__(self, other):
        return self.data == number(other).data
    def __hash__(self):
        return hash(self.data)
    data: float
    sources: tuple = ()
    pull: Callable | None = field(default=None, repr=False)
    grad: float = 0.0
    def __post_init__(self):
        # leaves have rank 0, a result stands above all of its sources
        self.rank = 1 + max((s.rank for s in self.sources), default=-1)
    def __add__(self, other):
        other = number(other)
        return Value(self.data + other.data, (self, other), lambda g: (g, g))
    def __mul__(self, other):
        other = number(other)
        return Value(self.data * other.data, (self, other), lambda g: (g * other.data, g * self.data))
    def __pow__(self, n):
        d = n * self.data ** (n - 1) if n != 0 else 0.0
        return Value(self.data ** n, (self,), lambda g: (g * d,))
    def __neg__(self):
        return Value(-self.data, (self,), lambda g: (-g,))
    def __sub__(self, other):
        return self + -number(other)
    def __truediv__(self, other):
        other = number(other)
        return self * other ** -1.0
    def __radd__(self, other):
        return number(other) + self
    def __rmul__(self, other):
        return number(other) * self
    def __rsub__(self, other):
        return number(other) - self
    def __rtruediv__(self, other):
        return number(other) / self
    def relu(self):
        on = self.data > 0
        return Value(self.data * on, (self,), lambda g: (g * on,))
    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), lambda g: (g * (1 - t**2),))
    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), lambda g: (g * e,))
    def backward(self):
        found = {self}
        todo = [self]
        while todo:
            for s in todo.pop().sources:
                if s not in found:
                    found.add(s)
                    todo.append(s)
        for v in found:
            v.grad = 0.0
        self.grad = 1.0
        for v in sorted(found, key=lambda v: -v.rank):
            if v.pull:
                for s, g in zip(v.sources, v.pull(v.grad)):
                    s.grad += g
