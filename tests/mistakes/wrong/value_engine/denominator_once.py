import numpy as np

TAPE = []    # every Value ever made, in the order of making


class Value:
    def __init__(self, data, parents=(), locals_=()):
        self.data = np.float64(data)
        self.grad = 0.0
        self.parents = [v.place for v in parents]
        self.locals_ = locals_
        self.place = len(TAPE)
        TAPE.append(self)
    @staticmethod
    def lift(v):
        if not isinstance(v, Value):
            v = Value(v)
        return v
    def __add__(self, other):
        other = Value.lift(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
    def __mul__(self, other):
        other = Value.lift(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))
    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,))
    def __sub__(self, other):
        other = Value.lift(other)
        return Value(self.data - other.data, (self, other), (1.0, -1.0))
    def __truediv__(self, other):
        other = Value.lift(other)
        q = self.data / other.data
        return Value(q, (self, other), (1 / other.data, -q))
    def __radd__(self, other):
        return Value.lift(other) + self
    def __rmul__(self, other):
        return Value.lift(other) * self
    def __rsub__(self, other):
        return Value.lift(other) - self
    def __rtruediv__(self, other):
        return Value.lift(other) / self
    def __pow__(self, p):
        return Value(self.data ** p, (self,), (p * self.data ** (p - 1) if p != 0 else 0.0,))
    def relu(self):
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))
    def tanh(self):
        t = np.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))
    def exp(self):
        e = np.exp(self.data)
        return Value(e, (self,), (e,))
    def backward(self):
        # what is on my way? parents always stand earlier on the tape
        used = {self.place}
        for place in range(self.place, -1, -1):
            if place in used:
                used.update(TAPE[place].parents)
                TAPE[place].grad = 0.0
        self.grad = 1.0
        for place in sorted(used, reverse=True):
            node = TAPE[place]
            for i, slope in zip(node.parents, node.locals_):
                TAPE[i].grad += slope * node.grad
