import heapq
import itertools
import math

serial = itertools.count()


class Value:
    def __init__(self, data, edges=()):
        self.data = data
        self.grad = 0.0
        self.edges = edges
        self.born = next(serial)

    def __lt__(self, other):
        return self.born > other.born   # the newest is the smallest, for heapq

    def __add__(self, other):
        if not isinstance(other, Value):
            return Value(self.data + other, ((self, 1.0),))
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        if not isinstance(other, Value):
            return Value(self.data * other, ((self, other),))
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, n):
        return Value(self.data**n, ((self, n * self.data ** (n - 1) if n else 0.0),))

    def __truediv__(self, other):
        if not isinstance(other, Value):
            return Value(self.data / other, ((self, 1 / other),))
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data**2)))

    __radd__, __rmul__ = __add__, __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + -other
    __rsub__ = lambda self, other: -self + other
    __rtruediv__ = lambda self, other: Value(other / self.data, ((self, -other / self.data**2),))

    def relu(self):
        return self * (1 if self.data > 0 else 0)

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def backward(self):
        self.grad = 1.0
        heap, met = [self], {id(self)}
        while heap:
            node = heapq.heappop(heap)
            for source, slope in node.edges:
                if id(source) not in met:
                    met.add(id(source))
                    source.grad = 0.0
                    heapq.heappush(heap, source)
                source.grad += slope * node.grad
