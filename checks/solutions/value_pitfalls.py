"""Reference for `value_pitfalls`: four engines, mended, each with as little change as it takes.

A adds what arrives, where it wrote over it. B lists a node after its operands, where it listed
nodes in the order in which they are met. C makes a plain number a node, and answers for a number
on its left. D gives the root its 1.0.
"""

import itertools


class EngineA:
    """Keeps edges with slopes."""

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges

    def __add__(self, other):
        other = other if isinstance(other, EngineA) else EngineA(other)
        return EngineA(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, EngineA) else EngineA(other)
        return EngineA(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__ = __add__
    __rmul__ = __mul__

    def enter(self, order):
        if self not in order:
            for operand, _ in self.edges:
                operand.enter(order)
            order.append(self)

    def backward(self):
        order = []
        self.enter(order)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for operand, slope in node.edges:
                operand.grad += slope * node.grad


class EngineB:
    """Each result keeps a function that hands its gradient back."""

    def __init__(self, data, operands=()):
        self.data = float(data)
        self.grad = 0.0
        self.operands = operands
        self.hand_back = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, EngineB) else EngineB(other)
        result = EngineB(self.data + other.data, (self, other))

        def hand_back():
            self.grad += result.grad
            other.grad += result.grad

        result.hand_back = hand_back
        return result

    def __mul__(self, other):
        other = other if isinstance(other, EngineB) else EngineB(other)
        result = EngineB(self.data * other.data, (self, other))

        def hand_back():
            self.grad += other.data * result.grad
            other.grad += self.data * result.grad

        result.hand_back = hand_back
        return result

    __radd__ = __add__
    __rmul__ = __mul__

    def enter(self, order):
        if self not in order:
            for operand in self.operands:
                operand.enter(order)
            order.append(self)

    def backward(self):
        order = []
        self.enter(order)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_back()


class EngineC:
    """Numbers its nodes, so that the newest can go first."""

    numbers = itertools.count()

    def __init__(self, data, edges=()):
        self.data = float(data)
        self.grad = 0.0
        self.edges = edges
        self.number = next(EngineC.numbers)

    def __add__(self, other):
        other = other if isinstance(other, EngineC) else EngineC(other)
        return EngineC(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, EngineC) else EngineC(other)
        return EngineC(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        nodes, waiting = {self}, [self]
        while waiting:
            for operand, _ in waiting.pop().edges:
                if operand not in nodes:
                    nodes.add(operand)
                    waiting.append(operand)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in sorted(nodes, key=lambda node: node.number, reverse=True):
            for operand, slope in node.edges:
                operand.grad += slope * node.grad


class EngineD:
    """Keeps the sign of the operation, and looks up the slopes on the way back."""

    def __init__(self, data, sign="", operands=()):
        self.data = float(data)
        self.grad = 0.0
        self.sign = sign
        self.operands = operands

    def __add__(self, other):
        other = other if isinstance(other, EngineD) else EngineD(other)
        return EngineD(self.data + other.data, "+", (self, other))

    def __mul__(self, other):
        other = other if isinstance(other, EngineD) else EngineD(other)
        return EngineD(self.data * other.data, "*", (self, other))

    __radd__ = __add__
    __rmul__ = __mul__

    def hand_back(self):
        if self.sign == "+":
            left, right = self.operands
            left.grad += self.grad
            right.grad += self.grad
        elif self.sign == "*":
            left, right = self.operands
            left.grad += right.data * self.grad
            right.grad += left.data * self.grad

    def enter(self, order):
        if self not in order:
            for operand in self.operands:
                operand.enter(order)
            order.append(self)

    def backward(self):
        order = []
        self.enter(order)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_back()
