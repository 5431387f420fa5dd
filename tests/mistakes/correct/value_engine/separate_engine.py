import numpy as np


class Graph:
    def __init__(self, root):
        self.root = root
        self.nodes = []
        visited, agenda = set(), [("enter", root)]
        while agenda:
            what, node = agenda.pop()
            if what == "leave":
                self.nodes.append(node)
                continue
            if id(node) in visited:
                continue
            visited.add(id(node))
            agenda.append(("leave", node))
            for dependency, _ in node.history:
                agenda.append(("enter", dependency))

    def reset(self):
        for node in self.nodes:
            node.grad = 0.0
        return self

    def pay(self):
        self.root.grad = 1.0
        for node in self.nodes[::-1]:
            for dependency, jacobian in node.history:
                dependency.grad = dependency.grad + node.grad * jacobian


class Value:
    __array_priority__ = 100.0    # np.float64(2) * v shall ask v

    def __init__(self, data, history=None):
        self.data = np.float64(data)
        self.history = history or []
        self.grad = 0.0

    def unary(self, y, dy):
        return Value(y, [(self, dy)])

    def relu(self): return self.unary(np.maximum(self.data, 0.0), np.heaviside(self.data, 0.0))
    def tanh(self): return self.unary(np.tanh(self.data), 1.0 - np.tanh(self.data) ** 2)
    def exp(self): return self.unary(np.exp(self.data), np.exp(self.data))
    def __neg__(self): return self.unary(-self.data, -1.0)

    def __pow__(self, n):
        return self.unary(self.data ** float(n), 0.0 if n == 0 else n * self.data ** (float(n) - 1.0))

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])
        return self.unary(self.data + other, 1.0)

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, [(self, other.data), (other, self.data)])
        return self.unary(self.data * other, other)

    def __sub__(self, other): return self + (-other)
    def __truediv__(self, other): return self * other ** -1.0
    def __radd__(self, other): return self + other
    def __rsub__(self, other): return -self + other
    def __rmul__(self, other): return self * other
    def __rtruediv__(self, other): return self ** -1.0 * other

    def backward(self):
        Graph(self).reset().pay()
