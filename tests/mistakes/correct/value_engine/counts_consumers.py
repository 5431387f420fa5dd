import math
import operator


RULES = {
    operator.add: lambda g, y, a, b: (g, g),
    operator.sub: lambda g, y, a, b: (g, -g),
    operator.mul: lambda g, y, a, b: (g * b, g * a),
    operator.truediv: lambda g, y, a, b: (g / b, -g * y / b),
    operator.neg: lambda g, y, a: (-g,),
    math.exp: lambda g, y, a: (g * y,),
    math.tanh: lambda g, y, a: (g / math.cosh(min(abs(a), 300)) ** 2,),
}


class Value:
    def __init__(self, data, rule=None, inputs=()):
        self.data, self.rule, self.inputs = data, rule, inputs
        self.grad = 0.0

    @staticmethod
    def call(f, *inputs):
        inputs = [x if isinstance(x, Value) else Value(x) for x in inputs]
        return Value(f(*(x.data for x in inputs)), RULES[f], inputs)

    def __pow__(self, n):
        return Value(self.data**n, lambda g, y, a: (g * n * a ** (n - 1) if n else 0.0,), [self])

    def relu(self):
        return Value(max(0.0, self.data), lambda g, y, a: (g if y else 0.0,), [self])

    def tanh(self): return Value.call(math.tanh, self)
    def exp(self): return Value.call(math.exp, self)

    def backward(self):
        unpaid = {self: 0}
        for node in (todo := [self]):          # the list grows while it is walked
            for x in node.inputs:
                if x not in unpaid:
                    unpaid[x] = 0
                    todo.append(x)
                unpaid[x] += 1
        for node in todo:
            node.grad = 0.0
        self.grad, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            if node.rule is None:
                continue
            parts = node.rule(node.grad, node.data, *(x.data for x in node.inputs))
            for x, part in zip(node.inputs, parts):
                x.grad += part
                unpaid[x] -= 1
                if unpaid[x] == 0:
                    ready.append(x)


def install(name, f):
    setattr(Value, f"__{name}__", lambda a, b: Value.call(f, a, b))
    setattr(Value, f"__r{name}__", lambda a, b: Value.call(f, b, a))


for name in ("add", "sub", "mul", "truediv"):
    install(name, getattr(operator, name))
Value.__neg__ = lambda a: Value.call(operator.neg, a)
