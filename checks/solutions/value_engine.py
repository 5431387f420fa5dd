"""Reference for `value_engine`: every node keeps its edges, every edge keeps one slope.

An operation knows its own slopes at the moment it is computed, so it writes them onto the edges
to its operands. After that all operations look alike: backward hands `slope · grad` along each
edge and adds what arrives, which is the chain rule, summed over all paths.

The order is found with a stack of our own, because a graph may be deeper than Python lets a
function call itself. A node is put aside until everything below it is in the list.
"""

import math


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges  # one (operand, slope) for each operand

    @classmethod
    def _wrap(cls, number):
        """A plain number as a leaf; a Value as it is."""
        return number if isinstance(number, Value) else cls(number)

    def __add__(self, other):
        other = self._wrap(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = self._wrap(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        other = self._wrap(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __truediv__(self, other):
        other = self._wrap(other)
        quotient = self.data / other.data
        return Value(quotient, ((self, 1.0 / other.data), (other, -quotient / other.data)))

    def __pow__(self, n):
        # n is a plain number; x⁰ is 1 everywhere, and 0 · x⁻¹ would fail at x = 0.
        slope = n * self.data ** (n - 1) if n else 0.0
        return Value(self.data**n, ((self, slope),))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return self._wrap(other) - self

    def __rtruediv__(self, other):
        return self._wrap(other) / self

    def relu(self):
        """max(0, self), with slope 0 at exactly 0."""
        return Value(max(0.0, self.data), ((self, 1.0 if self.data > 0.0 else 0.0),))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1.0 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def backward(self):
        """Set `grad` to ∂self/∂node in every node that self was made of, and in self."""
        order = self._order()
        self._clear(order)
        self._seed()
        for node in reversed(order):
            node._hand_back()

    def _order(self):
        """Every node that self was made of, each after its operands; self comes last."""
        order, entered, stack = [], set(), [(self, False)]
        while stack:
            node, operands_are_listed = stack.pop()
            if operands_are_listed:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))  # met again when all that is put on top is done
                stack.extend((operand, False) for operand, _ in node.edges)
        return order

    def _clear(self, nodes):
        for node in nodes:
            node.grad = 0.0

    def _seed(self):
        self.grad = 1.0

    def _hand_back(self):
        for operand, slope in self.edges:
            operand._receive(slope * self.grad)

    def _receive(self, share):
        self.grad += share
