"""An autograd engine for arrays: the graph of `value_engine`, with an array in every node.

An edge keeps a function in place of a slope. It takes the gradient of the result and returns the
share of one operand. For C = A @ B with A (n, k), B (k, m) and G = ∂L/∂C (n, m):

    ∂L/∂A[i, r] = Σⱼ G[i, j] · B[r, j]          (n, k)
    ∂L/∂B[r, j] = Σᵢ A[i, r] · G[i, j]          (k, m)

Broadcasting is dealt with on arrival: a share may have the shape of the result, and is summed to
the shape of the operand by `unbroadcast`.

    forward stretched an axis of size 1     backward sums it, and keeps the axis with size 1
    forward put a new axis in front         backward sums it away
    forward summed an axis                  backward stretches it
"""

import numpy as np


def unbroadcast(grad, shape):
    """Sum grad over the axes along which an array of this shape was stretched."""
    raise NotImplementedError("TODO: sum grad to the given shape")


class Tensor:
    """An array that remembers what it was made of."""

    __array_ufunc__ = None  # NumPy leaves `array + tensor` to us

    def __init__(self, data, edges=()):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.edges = edges  # one (operand, share) for each; share(grad) is what it is handed

    @classmethod
    def _wrap(cls, data):
        """A plain number or array as a leaf; a Tensor as it is."""
        return data if isinstance(data, Tensor) else cls(data)

    def __add__(self, other):
        other = self._wrap(other)
        return Tensor(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other):
        raise NotImplementedError("TODO: self * other, entry by entry")

    def __truediv__(self, other):
        raise NotImplementedError("TODO: self / other, entry by entry")

    def __matmul__(self, other):
        raise NotImplementedError("TODO: self @ other, for matrices (two axes each)")

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -self._wrap(other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return self._wrap(other) - self

    def __rtruediv__(self, other):
        return self._wrap(other) / self

    def __rmatmul__(self, other):
        return self._wrap(other) @ self

    def exp(self):
        e = np.exp(self.data)
        return Tensor(e, ((self, lambda g: g * e),))

    def log(self):
        raise NotImplementedError("TODO: the natural logarithm")

    def relu(self):
        raise NotImplementedError("TODO: max(0, self), with slope 0 at exactly 0")

    def sum(self, axis=None, keepdims=False):
        """The sum over one axis, or over all."""
        raise NotImplementedError("TODO: sum forward, stretch backward")

    def mean(self, axis=None, keepdims=False):
        """The mean over one axis, or over all."""
        raise NotImplementedError("TODO: as sum, but divided: by how many?")

    def reshape(self, *shape):
        raise NotImplementedError("TODO: the same entries in another shape")

    def transpose(self):
        """A matrix turned round: rows for columns."""
        raise NotImplementedError("TODO: swap the two axes")

    def backward(self):
        """Set `grad` of every tensor that self was made of; of self it is 1 in every entry."""
        order = self._order()
        for node in order:
            node.grad = np.zeros(node.data.shape)
        self.grad = np.ones(self.data.shape)
        for node in reversed(order):
            for operand, share in node.edges:
                operand._receive(share(node.grad))

    def _receive(self, share):
        """Add a share to the gradient. Not in place: another tensor may hold the same array."""
        self.grad = self.grad + unbroadcast(share, self.data.shape)

    def _order(self):
        """Every tensor that self was made of, each after its operands."""
        order, entered, stack = [], set(), [(self, False)]
        while stack:
            node, operands_are_listed = stack.pop()
            if operands_are_listed:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))
                stack.extend((operand, False) for operand, _ in node.edges)
        return order
