import math
from collections import Counter

# op -> (value, derivatives by each argument); y is the result
OPS = {
    "add": (lambda a, b: a + b, lambda y, a, b: (1, 1)),
    "sub": (lambda a, b: a - b, lambda y, a, b: (1, -1)),
    "mul": (lambda a, b: a * b, lambda y, a, b: (b, a)),
    "div": (lambda a, b: a / b, lambda y, a, b: (1 / b, -y / b)),
    "neg": (lambda a: -a, lambda y, a: (-1,)),
    "relu": (lambda a: a if a > 0 else 0.0, lambda y, a: (1.0 if a > 0 else 0.0,)),
    "tanh": (math.tanh, lambda y, a: (1 - math.tanh(y)**2,)),
    "exp": (math.exp, lambda y, a: (y,)),
}


class Value:
    def __init__(self, data, op=None, args=()):
        self.data, self.grad = float(data), 0.0
        self.op, self.args = op, args

    @classmethod
    def make(cls, op, *args):
        args = tuple(a if isinstance(a, Value) else cls(a) for a in args)
        return cls(OPS[op][0](*[a.data for a in args]), op, args)

    def __add__(self, o): return Value.make("add", self, o)
    def __radd__(self, o): return Value.make("add", o, self)
    def __sub__(self, o): return Value.make("sub", self, o)
    def __rsub__(self, o): return Value.make("sub", o, self)
    def __mul__(self, o): return Value.make("mul", self, o)
    def __rmul__(self, o): return Value.make("mul", o, self)
    def __truediv__(self, o): return Value.make("div", self, o)
    def __rtruediv__(self, o): return Value.make("div", o, self)
    def __neg__(self): return Value.make("neg", self)
    def relu(self): return Value.make("relu", self)
    def tanh(self): return Value.make("tanh", self)
    def exp(self): return Value.make("exp", self)

    def __pow__(self, n):
        out = Value(self.data**n, "pow", (self,))
        out.n = n
        return out

    def derivatives(self):
        if self.op == "pow":
            return (self.n * self.args[0].data ** (self.n - 1) if self.n else 0.0,)
        return OPS[self.op][1](self.data, *[a.data for a in self.args])

    def backward(self):
        waiting, todo, seen = Counter(), [self], {self}
        while todo:
            node = todo.pop()
            node.grad = 0.0
            for a in node.args:
                waiting[a] += 1
                if a not in seen:
                    seen.add(a)
                    todo.append(a)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            if node.op is None:
                continue
            for a, d in zip(node.args, node.derivatives()):
                a.grad += d * node.grad
            for a in node.args:
                waiting[a] -= 1
                if waiting[a] == 0:
                    ready.append(a)
