"""Are all four engines mended, and nothing else about them broken?

Every engine goes through the same graphs, so a mending that helps in one place and hurts in another
shows. Each case is about one engine, and its arrays have the engine's name in front.
"""

from tutor.spec import Case, misconception

ENGINES = ("EngineA", "EngineB", "EngineC", "EngineD")
LEAVES = ("x", "y")

gradients = {f"{engine}: grad of {leaf}": leaf for engine in ENGINES for leaf in LEAVES}
traced = True


def cases(rng):
    x, y = rng.uniform(0.5, 2.5, size=2).tolist()
    for engine in ENGINES:
        yield graph(engine, "x is used twice, y once", "a = x * y", "z = a + x", x=x, y=y)
        yield graph(engine, "x + x, and its square", "a = x + x", "z = a * a", x=1.5)
        steps = ("b = x * x", "c = b + y")
        yield graph(engine, "unequal arms: b waits for c", *steps, "z = b * c", x=2.0, y=1.0)
        yield graph(engine, "unequal arms, turned round", *steps, "z = c * b", x=2.0, y=1.0)
        steps = ("a = x * 3.0", "b = 4.0 + a", "c = 0.5 * b", "z = c + 2.0")
        yield graph(engine, "numbers on either side", *steps, x=1.5)
        yield graph(engine, "backward twice", "a = x * y", "z = a * x", calls=2, x=1.5, y=-2.0)


def graph(engine, name, *steps, calls=1, **leaves):
    """A case of steps `node = expression` for one engine; the last one is the root."""
    return Case(f"{engine}: {name}", engine=engine, steps=steps, calls=calls, **leaves)


def probe(learner, case):
    number = getattr(learner, case.engine)
    leaves = [leaf for leaf in LEAVES if leaf in case]
    nodes = {leaf: number(float(getattr(case, leaf))) for leaf in leaves}
    for step in case.steps:
        name, expression = step.split(" = ")
        nodes[name] = eval(expression, {}, nodes)  # noqa: S307 - our own text
    yield f"{case.engine}: data", nodes["z"].data
    for _ in range(case.calls):
        nodes["z"].backward()
    for name in reversed(nodes):
        yield f"{case.engine}: grad of {name}", nodes[name].grad


# -- pitfalls that are still there, and mendings that make new ones -----------------------------


@misconception(
    says="EngineA still writes over what had arrived before.",
    why="A node that is used twice gets a share from each use, and they add up.",
    read="backward-algorithm#pitfall-1-writing-over",
    hint=1,
)
def engine_a_overwrites(module):
    def backward(self):
        order = operands_first(self)
        self.grad = 1.0
        for node in reversed(order):
            for operand, slope in node.edges:
                operand.grad = slope * node.grad

    module.EngineA.backward = backward


@misconception(
    says="EngineA adds up, but its gradients are no longer cleared.",
    why="A second call then passes on what is left of the first.",
    read="backward-algorithm#and-a-second-time",
    hint=4,
)
def engine_a_not_cleared(module):
    def backward(self):
        self.grad = 1.0
        for node in reversed(operands_first(self)):
            for operand, slope in node.edges:
                operand.grad += slope * node.grad

    module.EngineA.backward = backward


def operands_first(root):
    order = []
    root.enter(order)
    return order


def as_they_are_met(root):
    order = [root]
    for node in order:  # grows while it is walked
        for operand in node.operands:
            if operand not in order:
                order.append(operand)
    return order


def backward_in(first_to_last, seed=lambda _: 1.0):
    """A `backward` for EngineB and EngineD."""

    def backward(self):
        order = first_to_last(self)
        for node in order:
            node.grad = 0.0
        self.grad = seed(self)
        for node in order:
            node.hand_back()

    return backward


@misconception(
    says="EngineB still takes nodes in the order in which it meets them.",
    why="Another path may lead to a node, with others on it that have not reported to it yet.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=2,
)
def engine_b_order(module):
    module.EngineB.backward = backward_in(as_they_are_met)


@misconception(
    says="EngineB goes from the leaves to the root.",
    why="A leaf's turn comes before anything has reached it. What is wanted is users before "
    "operands, on every path.",
    read="backward-algorithm#pitfall-2-the-wrong-order",
    hint=4,
)
def engine_b_leaves_first(module):
    module.EngineB.backward = backward_in(operands_first)


@misconception(
    says="EngineD still begins without a seed, or clears it away.",
    why="Every gradient is a multiple of the root's own, and it is 0.",
    read="backward-algorithm#pitfall-4-no-seed",
    hint=4,
)
def engine_d_no_seed(module):
    module.EngineD.backward = backward_in(users_first, seed=lambda _: 0.0)


@misconception(
    says="EngineD begins with the root's `data` in place of 1.0.",
    why="The seed is ∂root/∂root: how fast the root moves with itself, whatever its value is.",
    read="backward-algorithm#pitfall-4-no-seed",
    hint=4,
)
def engine_d_seed_is_data(module):
    module.EngineD.backward = backward_in(users_first, seed=lambda root: root.data)


def users_first(root):
    return operands_first(root)[::-1]
