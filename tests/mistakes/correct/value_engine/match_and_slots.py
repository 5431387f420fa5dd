from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Value:
    data: float
    grad: float = field(default=0.0, init=False)
    how: tuple = field(default=("leaf",), kw_only=True)
    def __add__(self, other): return binary("+", self, other)
    def __radd__(self, other): return binary("+", other, self)
    def __sub__(self, other): return binary("-", self, other)
    def __rsub__(self, other): return binary("-", other, self)
    def __mul__(self, other): return binary("*", self, other)
    def __rmul__(self, other): return binary("*", other, self)
    def __truediv__(self, other): return binary("/", self, other)
    def __rtruediv__(self, other): return binary("/", other, self)
    def __pow__(self, n): return Value(self.data**n, how=("**", self, n))
    def __neg__(self): return Value(-self.data, how=("neg", self))
    def relu(self): return Value(max(self.data, 0.0), how=("relu", self))
    def tanh(self): return Value(math.tanh(self.data), how=("tanh", self))
    def exp(self): return Value(math.exp(self.data), how=("exp", self))
    def sources(self):
        return [s for s in self.how if isinstance(s, Value)]
    def pay(self):
        g = self.grad
        match self.how:
            case ("+", a, b):
                a.grad += g
                b.grad += g
            case ("-", a, b):
                a.grad += g
                b.grad -= g
            case ("*", a, b):
                a.grad += g * b.data
                b.grad += g * a.data
            case ("/", a, b):
                a.grad += g / b.data
                b.grad -= g * self.data / b.data
            case ("**", a, n) if n != 0:
                a.grad += g * n * a.data ** (n - 1)
            case ("neg", a):
                a.grad -= g
            case ("relu", a) if a.data > 0:
                a.grad += g
            case ("tanh", a):
                a.grad += g * (1 - self.data**2)
            case ("exp", a):
                a.grad += g * self.data
    def backward(self):
        finished, path = {}, [self]             # a dict keeps the order of insertion
        while path:
            open_sources = [s for s in path[-1].sources() if id(s) not in finished]
            if open_sources:
                path.append(open_sources[0])
            else:
                node = path.pop()
                node.grad = 0.0
                finished[id(node)] = node
        self.grad = 1.0
        for node in reversed(finished.values()):
            node.pay()


def binary(op, a, b):
    a, b = (x if isinstance(x, Value) else Value(x) for x in (a, b))
    f = {"+": float.__add__, "-": float.__sub__, "*": float.__mul__, "/": float.__truediv__}[op]
    return Value(f(float(a.data), float(b.data)), how=(op, a, b))
