"""Every term of one kind joined with every term of another, a block at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tutor.diagnosis.formula.bank import Bank
from tutor.diagnosis.formula.clock import Clock
from tutor.diagnosis.formula.terms import JOINS, Array, Join, Operator, Shape, Term

# Of large arrays the pairs are not made: they would take longer than anybody waits.
MOST_CELLS = 4e6


def shape_pairs(
    bank: Bank, left: frozenset[str], right: frozenset[str]
) -> list[tuple[Shape, Shape]]:
    """The shapes that terms of both kinds have, every one with every one."""
    return [(a, b) for a in bank.shapes(left) for b in bank.shapes(right)]


def join(
    bank: Bank,
    operator: Operator,
    left: frozenset[str],
    right: frozenset[str],
    tier: str,
    clock: Clock,
) -> None:
    """Every term of the left tiers with every one of the right, all of them of the new tier."""
    function = JOINS[operator] if operator != "outer" else np.multiply

    def term(a: Term, b: Term) -> Term:
        return Join(operator, a, b)

    for shapes in shape_pairs(bank, left, right):
        if fits(operator, *shapes):
            clock.check()
            all_pairs(bank, shapes, (left, right), tier, function, term, operator=operator)


def fits(operator: Operator, left: Shape, right: Shape) -> bool:
    """Whether NumPy would join arrays of these shapes."""
    if operator == "outer":
        return len(left) == len(right) == 1
    if operator == "@":
        if not left or not right:
            return False
        inner = right[-2] if len(right) > 1 else right[0]
        return left[-1] == inner and broadcast(left[:-2], right[:-2]) is not None
    return broadcast(left, right) is not None


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """The shape that two broadcast to, or None."""
    try:
        return np.broadcast_shapes(left, right)
    except ValueError:
        return None


def all_pairs(
    bank: Bank,
    shapes: tuple[Shape, Shape],
    tiers: tuple[frozenset[str], frozenset[str]],
    tier: str,
    function: Callable[[Array, Array], Array],
    term: Callable[[Term, Term], Term],
    *,
    operator: Operator = "*",
) -> None:
    """Every term of one shape and of its tiers with every one of the other, into the bank."""
    one, first = bank.members(shapes[0], tiers[0])
    other, second = bank.members(shapes[1], tiers[1])
    if len(one) * len(other) * max(first[0].size, second[0].size) > MOST_CELLS:
        return
    results = _computed(operator, function, first, second)
    groups = bank.groups[shapes[0]], bank.groups[shapes[1]]
    costs = np.add.outer([groups[0].costs[i] for i in one], [groups[1].costs[j] + 1 for j in other])
    count = len(other)
    bank.offer(
        results.reshape(len(one) * count, *results.shape[2:]),
        costs.ravel(),
        tier,
        lambda row: term(groups[0].terms[one[row // count]], groups[1].terms[other[row % count]]),
    )


def _computed(
    operator: Operator, function: Callable[[Array, Array], Array], first: Array, second: Array
) -> Array:
    """All pairs of two blocks, (K, L, *shape)."""
    a, b = first.shape[1:], second.shape[1:]
    if operator == "outer":
        a, b = (*a, 1), (1, *b)
    if operator == "@":
        row, column = len(a) == 1, len(b) == 1
        a, b = ((1, *a) if row else a), ((*b, 1) if column else b)
    dimensions = max(len(a), len(b))
    a, b = (1,) * (dimensions - len(a)) + a, (1,) * (dimensions - len(b)) + b
    results = function(first.reshape(len(first), 1, *a), second.reshape(1, len(second), *b))
    if operator == "@":
        drop = ([-2] if row else []) + ([-1] if column else [])
        results = np.squeeze(results, axis=tuple(drop)) if drop else results
    return np.asarray(results)
