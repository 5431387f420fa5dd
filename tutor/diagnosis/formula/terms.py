"""Formulas as trees: what they are worth on a sample, and how much there is to them.

    grad_output.T @ x      Join("@", Apply("T", Leaf("grad_output")), Leaf("x"))

Every node stands for one thing that a learner writes in NumPy, and `evaluate` does what NumPy
would do with the written text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.diagnosis.formula.factors import Factor

Array: TypeAlias = NDArray[np.float64]
Shape: TypeAlias = tuple[int, ...]
Axis: TypeAlias = int | tuple[int, ...] | None
Operator = Literal["*", "/", "@", "outer"]


class Leaf(Struct, frozen=True):
    """A quantity of the exercise, by its name."""

    name: str


class One(Struct, frozen=True):
    """The number 1, as in 1 - p."""


class Apply(Struct, frozen=True):
    """A function of one argument, by its key in FUNCTIONS."""

    function: str
    of: Term


class Reduce(Struct, frozen=True):
    """A sum or a mean over one axis, or over all of them where `axis` is None."""

    kind: Literal["sum", "mean"]
    of: Term
    axis: Axis
    keepdims: bool = False


class Join(Struct, frozen=True):
    """Two terms, multiplied or divided."""

    operator: Operator
    left: Term
    right: Term


class Combination(Struct, frozen=True):
    """A sum of terms, each with a factor: p - y, d - mean(d) / 2."""

    parts: tuple[tuple[Factor, Term], ...]


Term: TypeAlias = Leaf | One | Apply | Reduce | Join | Combination

HOLE = Leaf("?")  # stands where a term is still to be filled in


class Function(Struct, frozen=True):
    """A function of one argument: what it does, how it is written, what it adds to a size.

    `written` has {} for the argument. `binds` is how tightly the text holds together and `asks`
    how tightly its argument must (see rendering.py).
    """

    does: Callable[[Any], Any]
    written: str
    cost: int
    binds: int
    asks: int


COMPARED, ADDED, MULTIPLIED, NEGATED, RAISED, WHOLE = range(6)


def _sigmoid(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-x))


def _swap(x: Array) -> Array:
    return np.swapaxes(x, -1, -2)


FUNCTIONS: Mapping[str, Function] = {
    "T": Function(np.transpose, "{}.T", 1, WHOLE, WHOLE),
    "swap": Function(_swap, "{}.swapaxes(-1, -2)", 1, WHOLE, WHOLE),
    "square": Function(np.square, "{} ** 2", 2, RAISED, WHOLE),
    "exp": Function(np.exp, "np.exp({})", 3, WHOLE, COMPARED),
    "log": Function(np.log, "np.log({})", 3, WHOLE, COMPARED),
    "sqrt": Function(np.sqrt, "np.sqrt({})", 3, WHOLE, COMPARED),
    "tanh": Function(np.tanh, "np.tanh({})", 3, WHOLE, COMPARED),
    "sigmoid": Function(_sigmoid, "1 / (1 + np.exp(-{}))", 5, MULTIPLIED, RAISED),
    "abs": Function(np.abs, "np.abs({})", 3, WHOLE, COMPARED),
    "sign": Function(np.sign, "np.sign({})", 3, WHOLE, COMPARED),
    "positive": Function(lambda x: np.greater(x, 0) * 1.0, "{} > 0", 2, COMPARED, ADDED),
    "nonnegative": Function(lambda x: np.greater_equal(x, 0) * 1.0, "{} >= 0", 3, COMPARED, ADDED),
    "negative": Function(lambda x: np.less(x, 0) * 1.0, "{} < 0", 3, COMPARED, ADDED),
    "nonpositive": Function(lambda x: np.less_equal(x, 0) * 1.0, "{} <= 0", 3, COMPARED, ADDED),
    "nonzero": Function(lambda x: np.not_equal(x, 0) * 1.0, "{} != 0", 3, COMPARED, ADDED),
}
MASKS = frozenset({"positive", "nonnegative", "negative", "nonpositive", "nonzero"})


def evaluate(term: Term, leaves: Mapping[str, Array], sizes: Mapping[str, float]) -> Array:
    """The value of a term. Raises ValueError where shapes or axes do not fit."""
    match term:
        case Leaf():
            return leaves[term.name]
        case One():
            return np.array(1.0)
        case Apply():
            return np.asarray(FUNCTIONS[term.function].does(evaluate(term.of, leaves, sizes)))
        case Reduce():
            reduce = np.sum if term.kind == "sum" else np.mean
            inner = evaluate(term.of, leaves, sizes)
            return np.asarray(reduce(inner, axis=term.axis, keepdims=term.keepdims))
        case Join():
            left, right = evaluate(term.left, leaves, sizes), evaluate(term.right, leaves, sizes)
            return np.asarray(JOINS[term.operator](left, right))
        case Combination():
            total = np.array(0.0)
            for factor, part in term.parts:
                total = total + factor.value(sizes) * evaluate(part, leaves, sizes)
            return total


def _outer(left: Array, right: Array) -> Array:
    if left.ndim != 1 or right.ndim != 1:
        raise ValueError("np.outer of more than one dimension flattens")
    return np.outer(left, right)


JOINS: Mapping[Operator, Callable[[Any, Any], Any]] = {
    "*": np.multiply,
    "/": np.divide,
    "@": np.matmul,
    "outer": _outer,
}


def cost(term: Term) -> int:
    """The size of a formula: what a reader has to take in. A quantity counts 2, a sign more 1."""
    match term:
        case Leaf():
            return 2
        case One():
            return 1
        case Apply():
            return FUNCTIONS[term.function].cost + cost(term.of)
        case Reduce():
            return 2 + cost(term.of)
        case Join():
            return 1 + cost(term.left) + cost(term.right)
        case Combination():
            signs = sum(f.constant < 0 for f, _ in term.parts[1:])  # a - b is as short as a + b
            return len(term.parts) - 1 - signs + sum(f.cost + cost(t) for f, t in term.parts)


def walk(term: Term) -> Iterator[Term]:
    """The term and everything in it, outermost first."""
    yield term
    match term:
        case Apply() | Reduce():
            yield from walk(term.of)
        case Join():
            yield from walk(term.left)
            yield from walk(term.right)
        case Combination():
            for _, part in term.parts:
                yield from walk(part)


def names(term: Term) -> frozenset[str]:
    """The quantities that occur in a term."""
    return frozenset(node.name for node in walk(term) if isinstance(node, Leaf))


def rebuilt(term: Term, change: Callable[[Term], Term]) -> Term:
    """The term with every node changed, innermost first."""
    match term:
        case Apply():
            return change(Apply(term.function, rebuilt(term.of, change)))
        case Reduce():
            of = rebuilt(term.of, change)
            return change(Reduce(term.kind, of, term.axis, term.keepdims))
        case Join():
            left, right = rebuilt(term.left, change), rebuilt(term.right, change)
            return change(Join(term.operator, left, right))
        case Combination():
            return change(Combination(tuple((f, rebuilt(t, change)) for f, t in term.parts)))
        case _:
            return change(term)


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with every occurrence of `old` exchanged."""
    return rebuilt(term, lambda node: new if node == old else node)
