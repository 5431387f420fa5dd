import math

class Value:
    def __init__(self, data, args=(), op=''):
        self.data = float(data)
        self.grad = 0.0
        self.args = args
        self.op = op
    @staticmethod
    def asValue(x): return x if isinstance(x, Value) else Value(x)
    def __add__(self, rhs):
        rhs = self.asValue(rhs)
        return Value(self.data + rhs.data, (self, rhs), '+')
    def __sub__(self, rhs):
        rhs = self.asValue(rhs)
        return Value(self.data - rhs.data, (self, rhs), '-')
    def __mul__(self, rhs):
        rhs = self.asValue(rhs)
        return Value(self.data * rhs.data, (self, rhs), '*')
    def __truediv__(self, rhs):
        rhs = self.asValue(rhs)
        return Value(self.data / rhs.data, (self, rhs), '/')
    def __pow__(self, k): return Value(self.data ** k, (self, Value(k)), '**')
    def __neg__(self): return self * -1.0
    def __radd__(self, lhs): return self.asValue(lhs) + self
    __rsub__ = __sub__
    def __rmul__(self, lhs): return self.asValue(lhs) * self
    def __rtruediv__(self, lhs): return self.asValue(lhs) / self
    def relu(self): return Value(max(self.data, 0), (self,), 'relu')
    def tanh(self): return Value(math.tanh(self.data), (self,), 'tanh')
    def exp(self): return Value(math.exp(self.data), (self,), 'exp')
    def passOn(self):
        g = self.grad
        if self.op == '+':
            a, b = self.args
            a.grad += g
            b.grad += g
        elif self.op == '-':
            a, b = self.args
            a.grad += g
            b.grad -= g
        elif self.op == '*':
            a, b = self.args
            a.grad += g * b.data
            b.grad += g * a.data
        elif self.op == '/':
            a, b = self.args
            a.grad += g / b.data
            b.grad -= g * a.data / (b.data * b.data)
        elif self.op == '**':
            a, k = self.args
            if k.data != 0:
                a.grad += g * k.data * a.data ** (k.data - 1)
        elif self.op == 'relu':
            if self.args[0].data > 0:
                self.args[0].grad += g
        elif self.op == 'tanh':
            self.args[0].grad += g * (1 - math.tanh(self.data) ** 2)
        elif self.op == 'exp':
            self.args[0].grad += g * self.data
    def sortNodes(self):
        order = []
        done = set()
        stack = [self]
        while stack:
            node = stack[-1]
            missing = [i for i in node.args if i not in done]
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
                if node not in done:
                    done.add(node)
                    order.append(node)
        return order
    def backward(self):
        order = self.sortNodes()
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.passOn()
