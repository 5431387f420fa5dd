import math


class Value:
    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.tape = None            # (left, right) or (input,) and how to pay back

    def backward(self):
        todo, order, seen = [[self]], [], set()
        while todo:
            if not todo[-1]:
                todo.pop()
                if todo:
                    order.append(todo[-1].pop())
                continue
            node = todo[-1][-1]
            if node in seen:
                todo[-1].pop()
            else:
                seen.add(node)
                todo.append(list(node.tape[0]) if node.tape else [])
        for node in order:
            node.grad = 0.0
        order[-1].grad = 1.0
        for node in reversed(order):
            if node.tape:
                node.tape[1](node.grad)

    def apply(self, f, df):
        out = Value(f(self.data))

        def pay(g):
            self.grad += g * df(self.data, out.data)
        out.tape = (self,), pay
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data)

        def pay(g):
            self.grad += g
            other.grad += g
        out.tape = (self, other), pay
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data)

        def pay(g):
            self.grad += g * other.data
            other.grad += g * self.data
        out.tape = (self, other), pay
        return out

    def __pow__(self, n):
        return self.apply(lambda x: x ** n, lambda x, y: n * x ** (n - 1) if n else 0.0)

    def exp(self): return self.apply(math.exp, lambda x, y: y)
    def tanh(self): return self.apply(math.tanh, lambda x, y: 1 - y * y)
    def relu(self): return self.apply(lambda x: max(x, 0.0), lambda x, y: 1.0 if y > 0 else 0.0)
    def __neg__(self): return self * -1.0
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __sub__(self, other): return self + other * -1.0
    def __rsub__(self, other): return self * -1.0 + other
    def __truediv__(self, other): return self * (other ** -1.0)
    def __rtruediv__(self, other): return self ** -1.0 * other
