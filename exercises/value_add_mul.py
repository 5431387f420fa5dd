"""A graph that builds itself: a number that knows what it was made of.

Each Value keeps one edge for each operand, a pair (operand, slope). The slope says how fast the
result moves when this operand alone moves:

    a + b       slope 1 for a               slope 1 for b
    a · b       ∂(a·b)/∂a for a             ∂(a·b)/∂b for b

`grad` of a node is ∂root/∂node, where the root is the Value whose backward() was called.
"""


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges  # one (operand, slope) for each operand

    def __add__(self, other):
        """Return self + other, a new Value with two edges."""
        raise NotImplementedError("TODO: return the sum, with an edge to self and one to other")

    def __mul__(self, other):
        """Return self · other, a new Value with two edges."""
        raise NotImplementedError("TODO: return the product, with an edge to self and to other")

    def hand_back(self):
        """Add to the gradient of each operand what reaches it through self."""
        raise NotImplementedError("TODO: for each edge, slope times self.grad")

    # What follows is complete. The next lesson explains the order.

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
