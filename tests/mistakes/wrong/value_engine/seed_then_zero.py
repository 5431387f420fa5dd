import math


class Value:
    """A number that remembers where it came from."""
    def __init__(self, data, _children=()):
        self.data = float(data)
        self.grad = 0.0
        self._prev = tuple(_children)
        self._push = lambda: None
    def __add__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        res = Value(self.data + o.data, (self, o))
        def _push():
            self.grad += res.grad
            o.grad += res.grad
        res._push = _push
        return res
    def __mul__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        res = Value(self.data * o.data, (self, o))
        def _push():
            self.grad += o.data * res.grad
            o.grad += self.data * res.grad
        res._push = _push
        return res
    def __pow__(self, n):
        res = Value(self.data ** n, (self,))
        def _push():
            if n != 0:
                self.grad += n * self.data ** (n - 1) * res.grad
        res._push = _push
        return res
    def relu(self):
        res = Value(max(0.0, self.data), (self,))
        def _push():
            self.grad += (res.data > 0) * res.grad
        res._push = _push
        return res
    def tanh(self):
        t = math.tanh(self.data)
        res = Value(t, (self,))
        def _push():
            self.grad += (1 - t ** 2) * res.grad
        res._push = _push
        return res
    def exp(self):
        res = Value(math.exp(self.data), (self,))
        def _push():
            self.grad += res.data * res.grad
        res._push = _push
        return res
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + (-o)
    def __truediv__(self, o): return self * o ** -1.0
    def __radd__(self, o): return self + o
    def __rmul__(self, o): return self * o
    def __rsub__(self, o): return (-self) + o
    def __rtruediv__(self, o): return self ** -1 * o
    def _topo(self):
        topo, visited, stack = [], set(), [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                topo.append(node)
            elif node not in visited:
                visited.add(node)
                stack.append((node, True))
                stack.extend((child, False) for child in node._prev)
        return topo
    def backward(self):
        self.grad = 1.0
        topo = self._topo()
        for node in topo:
            node.grad = 0.0
        for node in reversed(topo):
            node._push()
