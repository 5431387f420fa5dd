import math


def value(x):
    return x if isinstance(x, Value) else Value(x)


def node(rule):
    """Turn a generator function into a method that returns a Value."""
    def method(*args):
        ins = tuple(map(value, args))
        run = rule(*[v.data for v in ins])
        return Value(next(run), ins, lambda g: rule_send(rule, ins, g))
    return method


def rule_send(rule, ins, g):
    run = rule(*[v.data for v in ins])
    next(run)
    return run.send(g)


class Value:
    def __init__(self, data, ins=(), pay=None):
        self.data = data
        self.grad = 0.0
        self.ins = ins
        self.pay = pay
    @node
    def __add__(a, b):
        g = yield a + b
        yield g, g
    @node
    def __mul__(a, b):
        g = yield a * b
        yield g * b, g * a
    @node
    def __truediv__(a, b):
        g = yield a / b
        yield g / b, -g * a / (b * b)
    @node
    def relu(a):
        g = yield a if a > 0 else 0.0
        yield (g if a > 0 else 0.0,)
    @node
    def tanh(a):
        g = yield math.tanh(a)
        yield (g * (1 - math.tanh(a) ** 2),)
    @node
    def exp(a):
        g = yield math.exp(a)
        yield (g * math.exp(a),)
    def __pow__(self, n):
        return Value(self.data ** n, (self,), lambda g: (g * n * self.data ** (n - 1) if n else 0.0,))
    def __neg__(self): return self * -1
    def __sub__(self, other): return self + value(other) * -1
    def __radd__(self, other): return value(other) + self
    def __rmul__(self, other): return value(other) * self
    def __rsub__(self, other): return value(other) - self
    def __rtruediv__(self, other): return value(other) / self
    def backward(self):
        order, seen, stack = [], set(), [(self, iter(self.ins))]
        while stack:
            v, todo = stack[-1]
            child = next((c for c in todo if c not in seen), None)
            if child is not None:
                seen.add(child)
                stack.append((child, iter(child.ins)))
            else:
                order.append(stack.pop()[0])
        for v in order:
            v.grad = 0.0
        self.grad = 1.0
        for v in reversed(order):
            for c, g in zip(v.ins, v.pay(v.grad) if v.pay else ()):
                c.grad += g
