"""Does every operation on arrays hand back the right share, in the shape of its operand?

A case is a little program: steps from the leaves to the root. Every node is judged, the root first
and the leaves last, so the first wrong one is where the engine goes wrong. Where sizes differ, most
mistakes raise; where they agree, they fit and give wrong numbers. So there are cases of both kinds.
Most end in a sum of products with a random y: then every entry has an upstream gradient of its own.
"""

import numpy as np

from tutor.spec import Case, misconception

LEAVES = ("x", "W", "b", "V", "c", "y")
K = np.array([[0.5, -1.5, 2.0], [1.0, 3.0, -0.5]])  # a plain array, no Tensor

gradients = {f"grad of {leaf}": leaf for leaf in LEAVES}
traced = True


def graph(name, *steps, calls=1, **arrays):
    """A case of steps `node = expression`; the last node is the root, z."""
    return Case(name, steps=steps, calls=calls, **arrays)


def cases(rng):
    def normal(*shape):
        return rng.normal(size=shape)

    def positive(*shape):
        return rng.uniform(0.5, 2.0, size=shape)

    name = "unbroadcast alone: axes in front, axes of 1, and both"
    shapes = ((2, 3, 4), (3, 4), (4,), (3, 1), (2, 1, 4), (1, 1, 1), (1,), ())
    yield Case(name, grad=normal(2, 3, 4), shapes=shapes)
    name = "a linear layer with sizes that all differ"
    layer = ("a = x @ W", "h = a + b", "p = h * y", "z = p.sum()")
    yield graph(name, *layer, x=normal(4, 3), W=normal(3, 5), b=normal(5), y=normal(4, 5))
    name = "all sizes equal: a missing transpose fits"
    yield graph(name, *layer, x=normal(3, 3), W=normal(3, 3), b=normal(3), y=normal(3, 3))
    name = "a column times a row: each is stretched"
    steps = ("a = x * b", "p = a * y", "z = p.sum()")
    yield graph(name, *steps, x=normal(4, 1), b=normal(1, 3), y=normal(4, 3))
    name = "a new axis in front, and an axis of 1"
    yield graph(name, *steps, x=normal(2, 3, 4), b=normal(3, 1), y=normal(2, 3, 4))
    yield graph("one number for all", *steps, x=normal(3, 4), b=normal(), y=normal(3, 4))
    name = "division, with either side stretched"
    steps = ("a = x / b", "h = b / W", "p = a * y + h", "z = p.sum()")
    yield graph(name, *steps, x=normal(4, 3), b=positive(3), W=positive(4, 1), y=normal(4, 3))
    name = "numbers and NumPy arrays on either side"
    steps = ("a = 2 - x * 3", "h = K / (x - 4) - a", "p = h + K * x", "q = p @ W", "z = q.sum()")
    yield graph(name, *steps, x=positive(2, 3), W=normal(3, 4))
    name = "exp and log"
    steps = ("a = x.exp()", "h = (a + 1).log()", "p = h * y", "z = p.sum()")
    yield graph(name, *steps, x=normal(2, 4), y=normal(2, 4))
    name = "relu above 0, below 0, and exactly at 0"
    steps = ("a = x.relu()", "p = a * y", "z = p.sum()")
    corner = np.array([[1.5, -2.0, 0.0], [0.5, 0.0, -0.5]])
    yield graph(name, *steps, x=corner, y=np.array([[-2.0, 3.0, -5.0], [4.0, 7.0, -1.0]]))
    name = "sums over one axis"
    steps = ("a = x.sum(axis=0)", "h = x.sum(axis=1, keepdims=True)", "p = x.sum(axis=1)")
    steps += ("q = a * b + h * y", "z = q.sum() + (p * p).sum()")
    yield graph(name, *steps, x=normal(4, 3), b=normal(3), y=normal(4, 3))
    name = "a sum over axis 1 of a square: rows, not columns"
    steps = ("a = x.sum(axis=1)", "p = a * y", "z = p.sum()")
    yield graph(name, *steps, x=normal(3, 3), y=normal(3))
    yield graph(
        "a mean of all entries", "p = x * y", "z = p.mean()", x=normal(4, 3), y=normal(4, 3)
    )
    name = "means over one axis: how many go into each"
    steps = ("a = x.mean(axis=0)", "h = x.mean(axis=1, keepdims=True)", "p = a * b + h * y")
    yield graph(name, *steps, "z = p.sum()", x=normal(4, 3), b=normal(3), y=normal(4, 3))
    name = "axes counted from the end"
    steps = ("a = x.sum(axis=-1)", "h = x.mean(axis=-1)", "q = x.sum(axis=-2)")
    steps += ("r = x.mean(axis=-2)", "p = a * h * V", "s = q * r * y", "z = p.sum() + s.sum()")
    yield graph(name, *steps, x=normal(2, 3, 4), V=normal(2, 3), y=normal(2, 4))
    name = "over all entries, and the axes are kept"
    steps = ("a = x.sum(keepdims=True)", "h = x.mean(keepdims=True)", "p = a * y + h * h")
    yield graph(name, *steps, "z = p.sum()", x=normal(4, 3), y=normal(4, 3))
    name = "reshape and transpose: everything back in its place"
    steps = ("a = x.reshape(2, 6)", "h = a.transpose()", "p = h * y", "z = p.sum()")
    yield graph(name, *steps, x=normal(4, 3), y=normal(6, 2))
    name = "a square transposed: its gradient is turned, too"
    steps = ("a = x.transpose()", "p = a * y", "z = p.sum()")
    yield graph(name, *steps, x=normal(3, 3), y=normal(3, 3))
    name = "x used three times: x times its own transpose, plus x"
    steps = ("a = x.transpose()", "h = x @ a", "p = h * y + x", "z = p.sum()")
    yield graph(name, *steps, x=normal(3, 3), y=normal(3, 3))
    name = "one share for two: adding to x leaves b alone"
    steps = ("a = x + b", "h = x * y", "p = h + a", "q = a + h", "z = p.sum() + q.sum()")
    yield graph(name, *steps, x=normal(2, 3), b=normal(2, 3), y=normal(2, 3))
    name = "backward twice, from a root with many entries"
    ones = np.ones((2, 3))
    arrays = {"x": normal(2, 3), "b": normal(3), "y": normal(2, 3)}
    yield graph(name, "a = x * b", "z = a * y", calls=2, grad_output=ones, **arrays)
    name = "a network with softmax and cross-entropy at its end"
    steps = ("h = (x @ W + b).relu()", "q = h @ V + c", "e = q.exp()")
    steps += ("s = e.sum(axis=1, keepdims=True)", "p = q - s.log()")
    arrays = {"x": normal(5, 4), "W": normal(4, 6), "b": normal(6), "V": normal(6, 3)}
    one_hot = np.eye(3)[[0, 2, 1, 1, 0]]
    steps += ("r = (p * y).sum(axis=1)", "z = -r.mean()")
    yield graph(name, *steps, **arrays, c=normal(3), y=one_hot)


def probe(learner, case):
    if "shapes" in case:
        for shape in case.shapes:
            yield f"unbroadcast to {shape}", learner.unbroadcast(case.grad, shape)
        return
    leaves = [leaf for leaf in LEAVES if leaf in case]
    nodes = {leaf: learner.Tensor(getattr(case, leaf)) for leaf in leaves}
    for step in case.steps:
        name, expression = step.split(" = ")
        nodes[name] = eval(expression, {"K": K}, nodes)  # noqa: S307 - our own text
    yield "data of z", nodes["z"].data
    for _ in range(case.calls):
        nodes["z"].backward()
    for step in reversed(case.steps):
        yield f"grad of {step}", nodes[step.split(" = ")[0]].grad
    for leaf in reversed(leaves):
        yield f"grad of {leaf}", nodes[leaf].grad


# -- what arrives -------------------------------------------------------------------------------


@misconception(
    says="`unbroadcast` gives the gradient back as it came.",
    why="An entry that was used several times has a share from each use, and they add up.",
    read="tensor-engine#what-forward-stretched-backward-sums",
    hint=1,
)
def unbroadcast_missing(module):
    module.unbroadcast = lambda grad, _: grad


@misconception(
    says="`unbroadcast` sums the axes in front and leaves the axes of size 1.",
    why="An axis of size 1 was stretched just as well.",
    read="tensor-engine#what-forward-stretched-backward-sums",
    hint=1,
)
def unbroadcast_front_only(module):
    def unbroadcast(grad, shape):
        return grad.sum(axis=tuple(range(grad.ndim - len(shape))))

    module.unbroadcast = unbroadcast


@misconception(
    says="`unbroadcast` sums the axes of size 1 and leaves those in front.",
    why="A new axis in front means that everything was used once for each of its entries.",
    read="tensor-engine#what-forward-stretched-backward-sums",
    hint=1,
)
def unbroadcast_ones_only(module):
    def unbroadcast(grad, shape):
        added = grad.ndim - len(shape)
        stretched = tuple(added + axis for axis, size in enumerate(shape) if size == 1)
        return grad.sum(axis=stretched, keepdims=True)

    module.unbroadcast = unbroadcast


@misconception(
    says="`unbroadcast` drops the axes of size 1 that it sums.",
    why="A gradient has the shape of its variable, and a column is (4, 1), not (4,).",
    read="tensor-engine#common-mistakes",
    hint=4,
)
def unbroadcast_axes_dropped(module):
    right = module.unbroadcast

    def unbroadcast(grad, shape):
        kept = tuple(size for size in shape if size != 1)
        return right(grad, shape).reshape(kept)

    module.unbroadcast = unbroadcast


@misconception(
    says="`unbroadcast` takes means where sums belong.",
    why="Every use is a path to the loss, and paths add up.",
    read="tensor-engine#what-forward-stretched-backward-sums",
    hint=1,
)
def unbroadcast_mean(module):
    right = module.unbroadcast

    def unbroadcast(grad, shape):
        summed = right(grad, shape)
        return summed * (summed.size / grad.size)

    module.unbroadcast = unbroadcast


@misconception(
    says="A gradient is written over what had arrived before, with `=`.",
    why="A tensor that is used twice gets a share from each use, and they add up.",
    read="backward-algorithm#pitfall-1-writing-over",
)
def grad_overwritten(module):
    def receive(self, share):
        self.grad = module.unbroadcast(share, self.data.shape)

    module.Tensor._receive = receive


# -- the shares of single operations ------------------------------------------------------------


def with_shares(module, operator, *shares):
    """Exchange what edges hand back for `share(g, u, ...)`, of arrays; None leaves it as it is."""
    right = getattr(module.Tensor, operator)

    def bent(self, *others, **options):
        result = right(self, *others, **options)
        data = [operand.data for operand, _ in result.edges]
        exchanged = zip(result.edges, shares, strict=True)
        result.edges = tuple(
            (operand, (lambda g, new=new: new(g, *data)) if new else share)
            for (operand, share), new in exchanged
        )
        return result

    setattr(module.Tensor, operator, bent)


@misconception(
    says="Each factor of a product has its own data as its slope.",
    why="Nudge an entry of u: the product moves by the entry of v times as far.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=2,
)
def mul_own_factor(module):
    with_shares(module, "__mul__", lambda g, u, _: g * u, lambda g, _, v: g * v)
    module.Tensor.__rmul__ = module.Tensor.__mul__


@misconception(
    says="In u / v, the share of v has lost its sign.",
    why="When v grows, u / v comes closer to 0.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=2,
)
def div_sign(module):
    with_shares(module, "__truediv__", None, lambda g, u, v: g * u / v**2)


@misconception(
    says="In u / v, the share of v is −g · u / v.",
    why="The slope of 1/v is −1/v², with a square.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=2,
)
def div_square_missing(module):
    with_shares(module, "__truediv__", None, lambda g, u, v: -g * u / v)


@misconception(
    says="In A @ B, the share of A is `g @ B`: B is not turned.",
    why="The sum must run over the columns of the result, the last axis of g and of B.",
    read="tensor-engine#common-mistakes",
    hint=2,
)
def matmul_first_not_turned(module):
    with_shares(module, "__matmul__", lambda g, _, b: g @ b, None)


@misconception(
    says="In A @ B, the share of B is `A @ g`: A is not turned.",
    why="The sum must run over the rows of the result, the first axis of A and of g.",
    read="linear-layer#matrices-second-why-xᵀ-comes-first",
    hint=2,
)
def matmul_second_not_turned(module):
    with_shares(module, "__matmul__", None, lambda g, a, _: a @ g)


@misconception(
    says="In A @ B, the share of B is `gᵀ @ A`: the right numbers, turned round.",
    why="Row i of B belongs to column i of A, and so does row i of its gradient.",
    read="linear-layer#matrices-second-why-xᵀ-comes-first",
    hint=2,
)
def matmul_second_turned_round(module):
    with_shares(module, "__matmul__", None, lambda g, a, _: g.T @ a)


@misconception(
    says="The share of `log` is divided by the output in place of the input.",
    why="The slope of log u is 1 / u.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=2,
)
def log_of_output(module):
    with_shares(module, "log", lambda g, u: g / np.log(u))


@misconception(
    says="The share of `log` is multiplied by the input in place of divided.",
    why="The slope of log u is 1 / u.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=2,
)
def log_multiplied(module):
    with_shares(module, "log", lambda g, u: g * u)


@misconception(
    says="`relu` lets the gradient through at exactly 0.",
    why="At 0 somebody has to decide, and this course and PyTorch decide for 0.",
    read="local-gradients#relu-is-a-gate",
)
def relu_at_zero(module):
    with_shares(module, "relu", lambda g, u: g * (u >= 0.0))


@misconception(
    says="`relu` lets a gradient through where the gradient is positive.",
    why="What opens the gate is the input of relu, on the way forward.",
    read="local-gradients#relu-is-a-gate",
)
def relu_mask_from_grad(module):
    with_shares(module, "relu", lambda g, _: g * (g > 0.0))


@misconception(
    says="`relu` hands back its mask alone, without the gradient.",
    why="An open gate passes on what arrives; it does not make a 1 of it.",
    read="local-gradients#relu-is-a-gate",
)
def relu_upstream_lost(module):
    with_shares(module, "relu", lambda _, u: 1.0 * (u > 0.0))


@misconception(
    says="The gradient of a sum over one axis is stretched without its axis being put back.",
    why="NumPy lines shapes up from the right, so what belongs to rows goes to columns, or fails.",
    read="tensor-engine#common-mistakes",
    hint=3,
)
def sum_axis_not_put_back(module):
    with_shares(module, "sum", lambda g, u: np.broadcast_to(g, u.shape))


@misconception(
    says="`mean` hands back what a sum would: nothing is divided.",
    why="Each entry moves the mean by one part in as many as go into it.",
    read="tensor-engine#the-worked-example-again",
    hint=3,
)
def mean_not_divided(module):
    mean = module.Tensor.mean

    def bent(self, *axis, **named):
        result = self.sum(*axis, **named)
        return module.Tensor(mean(self, *axis, **named).data, result.edges)

    module.Tensor.mean = bent


@misconception(
    says="`mean` divides by the number of all entries, whatever the axis.",
    why="With an axis, fewer entries go into each entry of the result.",
    read="tensor-engine#common-mistakes",
    hint=3,
)
def mean_divided_by_all(module):
    module.Tensor.mean = lambda self, *axis, **named: self.sum(*axis, **named) / self.data.size


@misconception(
    says="`mean` divides by the number of rows, whatever the axis.",
    why="Over all entries, or over another axis, others go into each entry of the result.",
    read="tensor-engine#common-mistakes",
    hint=3,
)
def mean_divided_by_rows(module):
    module.Tensor.mean = lambda self, *axis, **named: self.sum(*axis, **named) / len(self.data)


@misconception(
    says="`transpose` hands its gradient back without turning it.",
    why="Entry [i, j] came from [j, i], and its gradient goes back there.",
    read="tensor-engine#an-edge-keeps-a-function",
    hint=3,
)
def transpose_not_put_back(module):
    with_shares(module, "transpose", lambda g, _: g)
