import math

class Value:
    order = None
    def __init__(self, data, inputs=(), op=''):
        self.data = float(data)
        self.grad = 0.0
        self.inputs = inputs
        self.op = op
    @staticmethod
    def asValue(x): return x if isinstance(x, Value) else Value(x)
    def __add__(self, b):
        b = self.asValue(b)
        return Value(self.data + b.data, (self, b), '+')
    def __sub__(self, b):
        b = self.asValue(b)
        return Value(self.data - b.data, (self, b), '-')
    def __mul__(self, b):
        b = self.asValue(b)
        return Value(self.data * b.data, (self, b), '*')
    def __truediv__(self, b):
        b = self.asValue(b)
        return Value(self.data / b.data, (self, b), '/')
    def __pow__(self, k): return Value(self.data ** k, (self, Value(k)), '**')
    def __neg__(self): return 0 - self
    def __radd__(self, a): return self.asValue(a) + self
    def __rsub__(self, a): return self.asValue(a) - self
    def __rmul__(self, a): return self.asValue(a) * self
    def __rtruediv__(self, a): return self.asValue(a) / self
    def relu(self): return Value(max(self.data, 0), (self,), 'relu')
    def tanh(self): return Value(math.tanh(self.data), (self,), 'tanh')
    def exp(self): return Value(math.exp(self.data), (self,), 'exp')
    def passOn(self):
        g = self.grad
        if self.op == '+':
            a, b = self.inputs
            a.grad += g
            b.grad += g
        elif self.op == '-':
            a, b = self.inputs
            a.grad += g
            b.grad -= g
        elif self.op == '*':
            a, b = self.inputs
            a.grad += g * b.data
            b.grad += g * a.data
        elif self.op == '/':
            a, b = self.inputs
            a.grad += g / b.data
            b.grad -= g * a.data / (b.data * b.data)
        elif self.op == '**':
            a, k = self.inputs
            if k.data != 0:
                a.grad += g * k.data * a.data ** (k.data - 1)
        elif self.op == 'relu':
            if self.inputs[0].data > 0:
                self.inputs[0].grad += g
        elif self.op == 'tanh':
            self.inputs[0].grad += g * (1 - self.data ** 2)
        elif self.op == 'exp':
            self.inputs[0].grad += g * self.data
    def sortNodes(self):
        order = []
        done = set()
        stack = [self]
        while stack:
            node = stack[-1]
            missing = [i for i in node.inputs if i not in done]
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
                if node not in done:
                    done.add(node)
                    order.append(node)
        return order
    def backward(self):
        if Value.order is None:
            Value.order = self.sortNodes()
        order = Value.order
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.passOn()
