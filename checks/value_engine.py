"""Does backward() find the gradient of every node, in any graph that can be written down?

A case is a little program: steps from the leaves to the root. Every node is judged, the root first
and the leaves last, so the first wrong one is where the engine goes wrong.

Where a node is used more than once there is nothing but + and *, and its users stand in one order
only. The other operations stand in trees. So a mistake in adding up or in the order gives the same
numbers, however an engine is built inside: with a - b as a + (-1) · b, or without.
"""

import math
from collections import Counter

from tutor.spec import Case, misconception

MEASURED = ("x", "y", "w", "v", "u")
LEAVES = (*MEASURED, "p", "q")  # p and q: where measuring slopes would take too long

gradients = {f"grad of {leaf}": leaf for leaf in MEASURED}  # of the last root that went backward
traced = True


def chain(x, y):
    """5,000 operations, each on top of the one before."""
    for _ in range(2500):
        x = 0.999 * x + y
    return x


def doubled(x):
    """x · 4096, by adding it to itself twelve times."""
    for _ in range(12):
        x = x + x
    return x


KNOWN_TO_STEPS = {"chain": chain, "doubled": doubled, "sum": sum}


def graph(name, *steps, roots=("z",), **leaves):
    """A case of steps `node = expression`; `roots` go backward one after the other."""
    return Case(name, steps=steps, roots=roots, **leaves)


def cases(rng):
    name = "x is used by a and by z: two paths to add up"
    yield graph(name, "a = x + y", "z = a * x", x=2.0, y=0.5)
    name = "both sides are one node: two edges, not one"
    yield graph(name, "a = x * y", "b = a + a", "z = b * b", x=1.5, y=-0.5)
    name = "unequal arms: b has to wait for c"
    yield graph(name, "b = x * x", "c = b + y", "z = b * c", x=2.0, y=1.0)
    name = "unequal arms, the other way round"
    yield graph(name, "b = x * x", "c = b + y", "z = c * b", x=-1.5, y=0.5)
    name = "c comes two steps after b: depth is no order"
    yield graph(name, "b = x * y", "c = b + y", "d = c * x", "z = b + d", x=1.5, y=3.0)
    name = "numbers on the right"
    steps = ("a = x + 3", "b = a * 4", "c = b - 5", "d = c / 8", "z = d * y")
    yield graph(name, *steps, x=2.5, y=-1.5)
    name = "numbers on the left: 5 - b is not b - 5"
    yield graph(name, "a = 3 + x", "b = 4 * a", "c = 5 - b", "d = 6 / c", "z = d * y", x=2.5, y=1.5)
    name = "sum() begins with a plain 0"
    yield graph(name, "a = x * y", "b = sum([a, w])", "z = b * v", x=1.5, y=-2.0, w=0.5, v=3.5)
    name = "minus and divided by, between Values"
    yield graph(name, "a = x - y", "b = w / v", "z = a * b", x=2.0, y=3.5, w=1.5, v=-2.5)
    yield graph("a minus in front", "a = -x", "b = a * y", "z = b + w", x=2.0, y=1.5, w=0.5)
    name = "powers: a cube, one over, a square root"
    steps = ("a = x ** 3", "b = y ** -1", "c = w ** 0.5", "d = a * b", "z = d + c")
    yield graph(name, *steps, x=-1.5, y=2.5, w=3.0)
    name = "even powers of negative numbers: their slopes fall"
    yield graph(name, "a = x ** 2", "b = y ** 4", "z = a * b", x=-1.5, y=-0.5)
    name = "relu above 0, below 0, and exactly at 0"
    steps = ("a = x.relu()", "b = y.relu()", "c = w.relu()")
    steps += ("d = a * -2", "e = b * 3", "f = c * -5", "g = d + e", "z = g + f")
    yield graph(name, *steps, x=0.5, y=-2.0, w=0.0)
    name = "tanh and exp: slopes made of what they gave"
    yield graph(name, "a = x.tanh()", "b = y.exp()", "z = a * b", x=0.5, y=-1.5)
    name = "a and b hold equal numbers and are two nodes"
    yield graph(name, "a = x + y", "b = a * w", "z = b * v", x=2.0, y=1.5, w=1.0, v=3.0)
    name = "twelve doublings: 4096 paths, each node goes once"
    yield graph(name, "z = doubled(x)", x=0.75)
    name = "from an inner node: z is not reached"
    yield graph(name, "a = x + y", "z = a * x", roots=("a",), x=2.0, y=0.5)
    name = "from a leaf: its own gradient is 1"
    yield graph(name, "z = x * y", roots=("x",), x=2.0, y=0.5)
    name = "backward twice: the same, not twice as much"
    yield graph(name, "b = x * x", "c = b + y", "z = c * b", roots=("z", "z"), x=2.0, y=1.0)
    name = "from b, then from z: nothing is left over"
    yield graph(name, "a = x * y", "b = a + x", "z = a * b", roots=("b", "z"), x=2.0, y=-1.5)
    name = "from z, then from a: z keeps its 1, a starts anew"
    yield graph(name, "a = x * y", "b = a + x", "z = a * b", roots=("z", "a"), x=2.0, y=-1.5)
    name = "everything at once"
    steps = ("a = (3 - x) / y", "b = (w ** 3 - 1).tanh()", "c = -(v.exp())", "d = (2 / u).relu()")
    yield graph(name, *steps, "e = a * b", "f = c * d", "z = e + f", **some_numbers(rng))
    yield graph("5,000 operations deep: no recursion", "z = chain(p, q)", p=2.0, q=0.25)


def some_numbers(rng):
    return dict(zip(MEASURED, rng.uniform(0.5, 1.5, size=len(MEASURED)).tolist(), strict=True))


def probe(learner, case):
    leaves = [leaf for leaf in LEAVES if leaf in case]
    nodes = {leaf: learner.Value(float(getattr(case, leaf))) for leaf in leaves}
    for step in case.steps:
        name, expression = step.split(" = ")
        nodes[name] = eval(expression, dict(KNOWN_TO_STEPS), nodes)  # noqa: S307 - our own text
    yield f"data of {case.roots[-1]}", nodes[case.roots[-1]].data
    learner.Value(0.5).backward()  # another graph came first: nothing of it may stay
    for root in case.roots:
        nodes[root].backward()
    for step in reversed(case.steps):
        yield f"grad of {step}", nodes[step.split(" = ")[0]].grad
    for leaf in reversed(leaves):
        yield f"grad of {leaf}", nodes[leaf].grad


# -- the way back -------------------------------------------------------------------------------


@misconception(
    says="A gradient is written over what had arrived before, with `=`.",
    why="A node that is used twice gets a share from each use, and they add up.",
    read="backward-algorithm#pitfall-1-writing-over",
    hint=4,
)
def grad_overwritten(module):
    module.Value._receive = lambda self, share: setattr(self, "grad", share)


@misconception(
    says="Two edges to the same node count as one.",
    why="In x + x both operands are x, and each follows at its own rate.",
    read="graphs#nodes-and-edges",
    hint=4,
)
def repeated_operand_counted_once(module):
    def hand_back(self):
        for operand, slope in dict(self.edges).items():
            operand._receive(slope * self.grad)

    module.Value._hand_back = hand_back


@misconception(
    says="Shares are passed on without the node's own gradient.",
    why="A slope tells how the next node moves; how the root moves takes every slope on the way.",
    read="graphs#back-from-the-root-edge-by-edge",
    hint=4,
)
def upstream_forgotten(module):
    def hand_back(self):
        for operand, slope in self.edges:
            operand._receive(slope)

    module.Value._hand_back = hand_back


@misconception(
    says="The root's gradient is not 1.0 when the way back begins.",
    why="Every gradient is a multiple of the root's own; from 0 there is nothing to multiply.",
    read="backward-algorithm#pitfall-4-no-seed",
    hint=4,
)
def seed_missing(module):
    module.Value._seed = lambda _: None


@misconception(
    says="The way back begins with the root's `data` in place of 1.0.",
    why="The seed is ∂root/∂root: how fast the root moves with itself, whatever its value is.",
    read="backward-algorithm#pitfall-4-no-seed",
    hint=4,
)
def seed_is_data(module):
    module.Value._seed = lambda self: setattr(self, "grad", self.data)


@misconception(
    says="Gradients are not cleared when `backward` begins.",
    why="What inner nodes kept from the last call is passed on again, so it is more than twice.",
    read="backward-algorithm#and-a-second-time",
    hint=4,
)
def inner_grads_kept(module):
    module.Value._clear = lambda *_: None


@misconception(
    says="The leaves keep their gradients from the last `backward`, and the next one adds to them.",
    why="PyTorch does that. Here every call starts from 0, so that nobody has to clear by hand.",
    read="backward-algorithm#and-a-second-time",
    hint=4,
)
def leaves_add_up(module):
    clear = module.Value._clear
    module.Value._clear = lambda self, nodes: clear(self, [node for node in nodes if node.edges])


# -- the order ----------------------------------------------------------------------------------


def ordered_by(module, first_to_last):
    """Let `first_to_last(root)` give the nodes in the order in which they go backward."""
    module.Value._order = lambda self: first_to_last(self)[::-1]


@misconception(
    says="Nodes go backward in the order in which they are first met.",
    why="Another path may lead to a node, with others on it that have not reported to it yet.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=3,
)
def no_topological_order(module):
    def level_by_level(root):
        order, met = [root], {root}
        for node in order:
            for operand, _ in node.edges:
                if operand not in met:
                    met.add(operand)
                    order.append(operand)
        return order

    ordered_by(module, level_by_level)


def by_first_visit(next_operands):
    def order_of(root):
        order, met, stack = [], set(), [root]
        while stack:
            node = stack.pop()
            if node not in met:
                met.add(node)
                order.append(node)
                stack.extend(next_operands([operand for operand, _ in node.edges]))
        return order

    return order_of


@misconception(
    says="Nodes go backward in the order in which they are first met.",
    why="Another path may lead to a node, with others on it that have not reported to it yet.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=3,
)
def no_topological_order_last_first(module):
    def the_last_operand_first(root):
        order, met, stack = [], set(), [root]
        while stack:
            node = stack.pop()
            if node not in met:
                met.add(node)
                order.append(node)
                stack.extend(operand for operand, _ in node.edges)
        return order

    ordered_by(module, the_last_operand_first)


@misconception(
    says="Nodes go backward from the leaves to the root.",
    why="A leaf's turn comes before anything has reached it, so it stays at 0.",
    read="backward-algorithm#the-algorithm",
    hint=4,
)
def topo_not_reversed(module):
    order = module.Value._order
    module.Value._order = lambda self: order(self)[::-1]


@misconception(
    says="A node goes back each time it is reached, with everything that it has.",
    why="What it passed on the first time is in its gradient still, and is passed on again.",
    read="backward-algorithm#common-mistakes",
    hint=3,
)
def node_visited_repeatedly(module):
    def backward(self):
        self._clear(self._order())
        self._seed()
        waiting = [self]
        for node in waiting:  # grows while it is walked
            node._hand_back()
            waiting.extend(operand for operand, _ in node.edges)

    module.Value.backward = backward


@misconception(
    says="A node that one operation uses twice is waited for twice, and reports once.",
    why="Both edges of x * x come from one node, and when it has gone back both are done.",
    read="graphs#nodes-and-edges",
    hint=3,
)
def repeated_operand_never_ready(module):
    def backward(self):
        nodes = self._order()
        self._clear(nodes)
        self._seed()
        awaited = Counter(operand for node in nodes for operand, _ in node.edges)
        ready = [self]
        for node in ready:  # grows while it is walked
            node._hand_back()
            for operand in dict(node.edges):
                awaited[operand] -= 1
                if not awaited[operand]:
                    ready.append(operand)

    module.Value.backward = backward


@misconception(
    says="Nodes that an earlier `backward` has visited are left out by a later one.",
    why="Every call walks a graph of its own, so it starts with nothing visited.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=3,
)
def visited_shared_between_calls(module):
    order, visited = module.Value._order, set()

    def only_new(self):
        new = [node for node in order(self) if node not in visited]
        visited.update(new)
        return new

    module.Value._order = only_new


@misconception(
    says="The order that the first `backward` found is used by all later ones.",
    why="A later root has other nodes below it, and its own order.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=3,
)
def topo_built_once(module):
    order, kept = module.Value._order, []

    def first_of_all(self):
        if not kept:
            kept.extend(order(self))
        return kept

    module.Value._order = first_of_all


@misconception(
    says="Nodes with equal numbers are taken for the same node.",
    why="Each operation makes a node of its own, with operands of its own, whatever its value.",
    read="graphs#nodes-and-edges",
)
def nodes_compared_by_value(module):
    module.Value.__hash__ = lambda self: hash(self.data)
    module.Value.__eq__ = lambda self, other: self.data == other.data


# -- the slopes of single operations ------------------------------------------------------------


def with_slope(module, operator, slope):
    """Write `slope(result, u, ...)` on the last edge of an operation on u, ..., all plain data."""
    right = getattr(module.Value, operator)

    def bent(self, *others):
        result = right(self, *others)
        data = [getattr(each, "data", each) for each in (self, *others)]
        operand, _ = result.edges[-1]
        result.edges = (*result.edges[:-1], (operand, slope(result.data, *data)))
        return result

    setattr(module.Value, operator, bent)


@misconception(
    says="Each factor of a product has its own value as its slope.",
    why="Nudge u in u · v: the product moves v times as far.",
    read="graphs#common-mistakes",
)
def mul_own_factor(module):
    def product(self, other):
        other = self._wrap(other)
        edges = ((self, self.data), (other, other.data))
        return module.Value(self.data * other.data, edges)

    module.Value.__mul__ = module.Value.__rmul__ = product


@misconception(
    says="In u − v, the slope of v is +1.",
    why="When v grows, u − v falls.",
    read="the-chain-rule#the-slopes-you-need",
)
def sub_grad_sign(module):
    with_slope(module, "__sub__", lambda *_: 1.0)


@misconception(
    says="A number minus a Value is computed the other way round.",
    why="Python calls `x.__rsub__(5)` for 5 − x: the number stands on the left.",
    read="backward-algorithm#pitfall-3-plain-numbers",
    hint=2,
)
def rsub_sign(module):
    module.Value.__rsub__ = module.Value.__sub__


@misconception(
    says="A number divided by a Value is computed the other way round.",
    why="Python calls `x.__rtruediv__(6)` for 6 / x: the number stands on top.",
    read="backward-algorithm#pitfall-3-plain-numbers",
    hint=2,
)
def rtruediv_inverted(module):
    module.Value.__rtruediv__ = module.Value.__truediv__


@misconception(
    says="In u / v, the slope of v is −u / v.",
    why="1/v falls ever more slowly as v grows: its slope is −1/v², with a square.",
    read="backward-algorithm#common-mistakes",
    hint=5,
)
def div_grad_denominator(module):
    with_slope(module, "__truediv__", lambda _, u, v: -u / v)


@misconception(
    says="In u / v, the slope of v has lost its sign.",
    why="When v grows, u / v comes closer to 0.",
    read="backward-algorithm#common-mistakes",
    hint=5,
)
def div_grad_sign(module):
    with_slope(module, "__truediv__", lambda _, u, v: u / v**2)


@misconception(
    says="`-x` is a new leaf: no edge leads from it to x.",
    why="−x moves with x, at the rate −1, so x has a share in whatever −x is used for.",
    read="graphs#nodes-and-edges",
    hint=1,
)
def neg_detached(module):
    module.Value.__neg__ = lambda self: module.Value(-self.data)


@misconception(
    says="The slope of uⁿ keeps the exponent: n · uⁿ.",
    why="The slope of u³ is 3u²: one power lower.",
    read="the-chain-rule#the-slopes-you-need",
)
def pow_exponent_not_lowered(module):
    with_slope(module, "__pow__", lambda power, _, n: n * power)


@misconception(
    says="The slope of uⁿ has lost its factor n.",
    why="The slope of u³ is 3u²: the exponent comes down in front.",
    read="the-chain-rule#the-slopes-you-need",
)
def pow_factor_missing(module):
    with_slope(module, "__pow__", lambda _, u, n: u ** (n - 1))


@misconception(
    says="The slope of tanh is 1 − tanh(t)², where t is the tanh already.",
    why="It is 1 − t² with the output t: one tanh, not a tanh of a tanh.",
    read="backward-algorithm#common-mistakes",
)
def tanh_of_tanh(module):
    with_slope(module, "tanh", lambda t, _: 1.0 - math.tanh(t) ** 2)


@misconception(
    says="The slope of tanh is taken as 1 − u², of the input u.",
    why="The square is that of the output, tanh(u).",
    read="backward-algorithm#common-mistakes",
)
def tanh_of_input(module):
    with_slope(module, "tanh", lambda _, u: 1.0 - u**2)


@misconception(
    says="The slope of exp is taken as its input.",
    why="exp grows as fast as it is large: its slope is its own output.",
    read="the-chain-rule#the-slopes-you-need",
)
def exp_local_is_input(module):
    with_slope(module, "exp", lambda _, u: u)


@misconception(
    says="`relu` lets the gradient through at exactly 0.",
    why="At 0 somebody has to decide, and this course and PyTorch decide for 0.",
    read="local-gradients#relu-is-a-gate",
)
def relu_at_zero(module):
    with_slope(module, "relu", lambda _, u: 1.0 if u >= 0.0 else 0.0)


class ByTheGradient:
    """A slope that looks at what it is multiplied by."""

    def __mul__(self, grad):
        return max(0.0, grad)


@misconception(
    says="`relu` lets a gradient through where the gradient is positive.",
    why="What opens the gate is the input of relu, on the way forward.",
    read="local-gradients#relu-is-a-gate",
)
def relu_mask_from_grad(module):
    with_slope(module, "relu", lambda *_: ByTheGradient())
