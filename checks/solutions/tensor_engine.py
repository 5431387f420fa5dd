"""Reference for `tensor_engine`: the graph of `value_engine`, with arrays in its nodes.

A slope no longer fits on an edge: for a matrix product it would be a table of all outputs by all
inputs. So an edge keeps a function, which turns the gradient of the result into the share of one
operand. That is what a layer's backward does, and the rules of the linear layer return.

Broadcasting is dealt with in one place. An operation may hand back a share in the shape of its
result; on arrival the share is summed to the shape of the operand.
"""

import numpy as np


def unbroadcast(grad, shape):
    """Sum grad over the axes along which an array of this shape was stretched."""
    added = grad.ndim - len(shape)
    grad = grad.sum(axis=tuple(range(added)))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return grad.sum(axis=stretched, keepdims=True)


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
        other = self._wrap(other)
        product = self.data * other.data
        return Tensor(product, ((self, lambda g: g * other.data), (other, lambda g: g * self.data)))

    def __truediv__(self, other):
        other = self._wrap(other)
        quotient = self.data / other.data

        def share_of_other(grad):
            return -grad * quotient / other.data

        return Tensor(quotient, ((self, lambda g: g / other.data), (other, share_of_other)))

    def __matmul__(self, other):
        other = self._wrap(other)

        def share_of_self(grad):
            return grad @ other.data.T

        def share_of_other(grad):
            return self.data.T @ grad

        return Tensor(self.data @ other.data, ((self, share_of_self), (other, share_of_other)))

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
        return Tensor(np.log(self.data), ((self, lambda g: g / self.data),))

    def relu(self):
        passed = self.data > 0.0
        return Tensor(self.data * passed, ((self, lambda g: g * passed),))

    def sum(self, axis=None, keepdims=False):
        """The sum over one axis, or over all."""

        def share(grad):
            if axis is not None and not keepdims:
                grad = np.expand_dims(grad, axis)
            return np.broadcast_to(grad, self.data.shape)

        return Tensor(self.data.sum(axis=axis, keepdims=keepdims), ((self, share),))

    def mean(self, axis=None, keepdims=False):
        """The mean over one axis, or over all."""
        total = self.sum(axis, keepdims)
        return total / (self.data.size / total.data.size)  # entries in, over entries out

    def reshape(self, *shape):
        shape_before = self.data.shape
        return Tensor(self.data.reshape(shape), ((self, lambda g: g.reshape(shape_before)),))

    def transpose(self):
        """A matrix turned round: rows for columns."""
        return Tensor(self.data.T, ((self, lambda g: g.T),))

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
