"""Do + and * write the right slopes on their edges, and is what they hand back added up?

A case is a little program: steps from the leaves to the root. Every node is judged, the root first
and the leaves last, so the first wrong one is where it goes wrong.
"""

from tutor.spec import Case, misconception

LEAVES = ("x", "y", "w")

gradients = {f"grad of {leaf}": leaf for leaf in LEAVES}
traced = True


def graph(name, *steps, **leaves):
    """A case of steps `node = expression`; the last one is the root."""
    return Case(name, steps=steps, **leaves)


def cases(rng):
    x, y, w = rng.uniform(0.5, 2.5, size=3).tolist()
    steps = ("a = x * y", "b = a + w", "z = b * a")
    yield graph("three leaves, and a is used twice", *steps, x=x, y=y, w=w)
    yield graph("a sum: both operands at the rate 1", "z = x + y", x=2.0, y=3.5)
    yield graph("a product: each at the rate of the other", "z = x * y", x=2.0, y=3.5)
    yield graph("the lesson's graph", "a = x + y", "z = a * x", x=2.0, y=3.0)
    yield graph("x + x: two edges to one node", "z = x + x", x=1.5)
    yield graph("x * x: two edges to one node", "z = x * x", x=1.5)
    steps = ("a = x * y", "b = a * w", "c = b + a", "z = c * b")
    yield graph("a longer way: slopes times what came from above", *steps, x=0.5, y=-3.0, w=2.0)
    yield graph("0 as a factor: the other one gets nothing", "a = x * y", "z = a + y", x=0.0, y=2.5)


def probe(learner, case):
    leaves = [leaf for leaf in LEAVES if leaf in case]
    nodes = {leaf: learner.Value(float(getattr(case, leaf))) for leaf in leaves}
    for step in case.steps:
        name, expression = step.split(" = ")
        nodes[name] = eval(expression, {}, nodes)  # noqa: S307 - our own text
    yield "data of z", nodes["z"].data
    nodes["z"].backward()
    for step in reversed(case.steps):
        yield f"grad of {step}", nodes[step.split(" = ")[0]].grad
    for leaf in reversed(leaves):
        yield f"grad of {leaf}", nodes[leaf].grad


# -- handing back -------------------------------------------------------------------------------


@misconception(
    says="A gradient is written over what had arrived before, with `=`.",
    why="A node that is used twice gets a share from each use, and they add up.",
    read="graphs#back-from-the-root-edge-by-edge",
    hint=3,
)
def grad_overwritten(module):
    def hand_back(self):
        for operand, slope in self.edges:
            operand.grad = slope * self.grad

    module.Value.hand_back = hand_back


@misconception(
    says="`hand_back` adds the slope alone, without the node's own gradient.",
    why="A slope tells how the next node moves; how the root moves takes every slope on the way.",
    read="graphs#common-mistakes",
    hint=3,
)
def upstream_forgotten(module):
    def hand_back(self):
        for operand, slope in self.edges:
            operand.grad += slope

    module.Value.hand_back = hand_back


@misconception(
    says="`hand_back` multiplies the slope by the node's `data`, not by its `grad`.",
    why="The slope holds the values already; what comes from above is the gradient.",
    read="graphs#back-from-the-root-edge-by-edge",
    hint=3,
)
def data_for_grad(module):
    def hand_back(self):
        for operand, slope in self.edges:
            operand.grad += slope * self.data

    module.Value.hand_back = hand_back


@misconception(
    says="The factors of a product receive its gradient as it is, without a slope.",
    why="How far a product moves with one factor depends on the other one.",
    read="graphs#back-from-the-root-edge-by-edge",
    hint=1,
)
def slope_forgotten(module):
    def hand_back(self):
        for operand, _ in self.edges:
            operand.grad += self.grad

    module.Value.hand_back = hand_back


@misconception(
    says="Two edges to the same node count as one.",
    why="In x + x both operands are x, and each follows at its own rate.",
    read="graphs#nodes-and-edges",
    hint=2,
)
def repeated_operand_counted_once(module):
    def hand_back(self):
        for operand, slope in dict(self.edges).items():
            operand.grad += slope * self.grad

    module.Value.hand_back = hand_back


@misconception(
    says="Slope and gradient are added where they should be multiplied.",
    why="Along a path rates multiply: twice as fast as something three times as fast is six.",
    read="the-chain-rule#paths-multiply-branches-add",
    hint=3,
)
def slope_added(module):
    def hand_back(self):
        for operand, slope in self.edges:
            operand.grad += slope + self.grad

    module.Value.hand_back = hand_back


# -- the slopes ---------------------------------------------------------------------------------


def with_slopes(module, operator, slopes):
    """Exchange the slopes on the edges of an operation on a and b for `slopes(a, b)`."""
    right = getattr(module.Value, operator)

    def bent(self, other):
        result = right(self, other)
        operands = (self, other)
        result.edges = tuple(zip(operands, slopes(self.data, other.data), strict=True))
        return result

    setattr(module.Value, operator, bent)


@misconception(
    says="Each factor of a product has its own value as its slope.",
    why="Nudge a in a · b: the product moves b times as far.",
    read="graphs#common-mistakes",
    hint=1,
)
def mul_own_factor(module):
    with_slopes(module, "__mul__", lambda a, b: (a, b))


@misconception(
    says="A product has the product itself as the slope of each factor.",
    why="Nudge a by a thousandth: a · b moves b thousandths, and not a · b of them.",
    read="graphs#nodes-and-edges",
    hint=1,
)
def mul_slopes_product(module):
    with_slopes(module, "__mul__", lambda a, b: (a * b, a * b))


@misconception(
    says="A sum has the values of its operands as slopes.",
    why="A sum moves exactly as far as the operand that moves, whatever the values are.",
    read="graphs#nodes-and-edges",
    hint=2,
)
def add_slopes_values(module):
    with_slopes(module, "__add__", lambda a, b: (a, b))


@misconception(
    says="A sum has the other operand's value as the slope of each, as a product has.",
    why="A sum moves exactly as far as the operand that moves, whatever the values are.",
    read="graphs#nodes-and-edges",
    hint=2,
)
def add_slopes_other(module):
    with_slopes(module, "__add__", lambda a, b: (b, a))


def one_edge(module, operator):
    right = getattr(module.Value, operator)

    def bent(self, other):
        result = right(self, other)
        result.edges = result.edges[:1]
        return result

    setattr(module.Value, operator, bent)


@misconception(
    says="`__add__` writes an edge to `self` and none to `other`.",
    why="The sum depends on both operands, so both get their share.",
    read="graphs#nodes-and-edges",
    hint=2,
)
def add_one_edge(module):
    one_edge(module, "__add__")


@misconception(
    says="`__mul__` writes an edge to `self` and none to `other`.",
    why="The product depends on both operands, so both get their share.",
    read="graphs#nodes-and-edges",
    hint=2,
)
def mul_one_edge(module):
    one_edge(module, "__mul__")
