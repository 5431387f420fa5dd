import math


class Tape:
    data, grad, left, right, dleft, dright = [], [], [], [], [], []
    @classmethod
    def write(cls, data, left=-1, dleft=0.0, right=-1, dright=0.0):
        for column, entry in ((cls.data, float(data)), (cls.grad, 0.0), (cls.left, left),
                              (cls.dleft, dleft), (cls.right, right), (cls.dright, dright)):
            column.append(entry)
        return len(cls.data) - 1


class Value:
    __slots__ = ("i",)
    def __init__(self, data):
        self.i = Tape.write(data)
    @property
    def data(self):
        return Tape.data[self.i]
    @data.setter
    def data(self, number):
        Tape.data[self.i] = number
    @property
    def grad(self):
        return Tape.grad[self.i]
    @grad.setter
    def grad(self, g):
        Tape.grad[self.i] = g
    def _one(self, y, dy):
        out = object.__new__(Value)
        out.i = Tape.write(y, self.i, dy)
        return out
    def _two(self, other, f):
        if not isinstance(other, Value):
            other = Value(other)
        y, da, db = f(self.data, other.data)
        out = object.__new__(Value)
        out.i = Tape.write(y, self.i, da, other.i, db)
        return out
    def __add__(self, o): return self._two(o, lambda a, b: (a + b, 1.0, 1.0))
    def __radd__(self, o): return self._two(o, lambda a, b: (b + a, 1.0, 1.0))
    def __sub__(self, o): return self._two(o, lambda a, b: (a - b, 1.0, -1.0))
    def __rsub__(self, o): return self._two(o, lambda a, b: (b - a, -1.0, 1.0))
    def __mul__(self, o): return self._two(o, lambda a, b: (a * b, b, a))
    def __rmul__(self, o): return self._two(o, lambda a, b: (b * a, b, a))
    def __truediv__(self, o): return self._two(o, lambda a, b: (a / b, 1 / b, -a / b**2))
    def __rtruediv__(self, o): return self._two(o, lambda a, b: (b / a, -b / a**2, 1 / a))
    def __pow__(self, n): return self._one(self.data**n, n * self.data ** (n - 1) if n else 0.0)
    def __neg__(self): return self._one(-self.data, -1.0)
    def relu(self): return self._one(max(self.data, 0.0), float(self.data > 0))
    def tanh(self): return self._one(math.tanh(self.data), 1 - math.tanh(self.data) ** 2)
    def exp(self): return self._one(math.exp(self.data), math.exp(self.data))
    def backward(self):
        reach = {self.i}
        for i in range(self.i, -1, -1):
            if i in reach:
                Tape.grad[i] = 0.0
                reach |= {Tape.left[i], Tape.right[i]} - {-1}
        Tape.grad[self.i] = 1.0
        for i in sorted(reach, reverse=True):
            for source, slope in ((Tape.left[i], Tape.dleft[i]), (Tape.right[i], Tape.dright[i])):
                if source >= 0:
                    Tape.grad[source] += slope * Tape.grad[i]
