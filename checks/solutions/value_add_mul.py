"""Reference for `value_add_mul`: an operation writes its slopes, the way back only multiplies.

a + b follows each operand at the rate 1. a · b follows a at the rate b, and b at the rate a. These
numbers are known when forward runs, so they are kept on the edges, and handing back is the same
for both: slope times gradient, added to what the operand has already received.
"""


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges  # one (operand, slope) for each operand

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def hand_back(self):
        """Add to the gradient of each operand what reaches it through self."""
        for operand, slope in self.edges:
            operand.grad += slope * self.grad

    def backward(self):
        """Set `grad` to ∂self/∂node in every node that self was made of, and in self."""
        order = self._order([], set())
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_back()

    def _order(self, order, entered):
        """Each node after its operands."""
        if self not in entered:
            entered.add(self)
            for operand, _ in self.edges:
                operand._order(order, entered)
            order.append(self)
        return order
