import math

class Value:
    args = ()
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
    def __add__(self, other): return Add(self, other)
    def __radd__(self, other): return Add(other, self)
    def __mul__(self, other): return Mul(self, other)
    def __rmul__(self, other): return Mul(other, self)
    def __neg__(self): return Mul(-1, self)
    def __sub__(self, other): return Add(self, Mul(-1, other))
    def __rsub__(self, other): return Add(other, Mul(-1, self))
    def __truediv__(self, other): return Div(self, other)
    def __rtruediv__(self, other): return Div(other, self)
    def __pow__(self, power): return Pow(self, power)
    def relu(self): return Relu(self)
    def tanh(self): return Tanh(self)
    def exp(self): return Exp(self)
    def vjp(self, g): return ()
    def backward(self):
        order, state, stack = [], {}, [self]
        while stack:
            node = stack[-1]
            if node not in state:
                state[node] = "open"
                node.grad = 0.0
                stack.extend(a for a in node.args if a not in state)
                continue
            stack.pop()
            if state[node] == "open":
                state[node] = "closed"
                order.append(node)
        self.grad = 1.0
        while order:
            node = order.pop()
            for a, g in zip(node.args, node.vjp(node.grad)):
                a.grad += g

class Op(Value):
    def __init__(self, *args):
        self.args = [a if isinstance(a, Value) else Value(a) for a in args]
        super().__init__(self.forward(*[a.data for a in self.args]))

class Add(Op):
    def forward(self, a, b): return a + b
    def vjp(self, g): return g, g

class Mul(Op):
    def forward(self, a, b): return a * b
    def vjp(self, g): return g * self.args[1].data, g * self.args[0].data

class Div(Op):
    def forward(self, a, b): return a / b
    def vjp(self, g):
        a, b = self.args
        return g / b.data, -g * a.data / b.data ** 2

class Pow(Op):
    def __init__(self, base, power):
        self.power = power
        super().__init__(base)
    def forward(self, a): return a ** self.power
    def vjp(self, g):
        return (g * self.power * self.args[0].data ** (self.power - 1) if self.power else 0.0,)

class Relu(Op):
    def forward(self, a): return a if a > 0 else 0.0
    def vjp(self, g): return (g if self.args[0].data > 0 else 0.0,)

class Tanh(Op):
    def forward(self, a): return math.tanh(a)
    def vjp(self, g): return (g * (1 - self.data * self.data),)

class Exp(Op):
    def forward(self, a): return math.exp(a)
    def vjp(self, g): return (g * self.args[0].data,)
