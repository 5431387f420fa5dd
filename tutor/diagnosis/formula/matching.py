"""Looks up what is under a peeled target: one term, a sum of two or three, a join of two.

All pairs are tried at once: <test, a * b> for every a and b is one matrix product of the terms,
and so is <test, a @ b>. What passes is a candidate; proof.py decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.diagnosis.formula.bank import Bank, projections
from tutor.diagnosis.formula.pairing import broadcast
from tutor.diagnosis.formula.peel import Peeled
from tutor.diagnosis.formula.terms import Apply, Array, Join, Operator, Reduce, Shape, Term

# A product of unit arrays with a unit test is 0.1 by chance and 1e-16 by rounding.
MATCH = 1e-11
CONFIRMED = 1e-9
# Directions in the plane that two tests span; rounding is 1e-15 over the shortest length.
SAME_ANGLE = 1e-8
SHORTEST = 1e-6
# p, y, p - y and p + y lie in one plane: of those beside each other, the simplest two are wanted.
NEIGHBOURS = (1, 2, 3)
CELLS = 1 << 20  # of a block of work: 8 MB, some milliseconds
# Hits are few where a formula is found and many where something is 0; then these are enough.
MOST_HITS = 400
MOST_ZEROS = 20000

Indexes = NDArray[np.int64]


class Candidate(Struct, frozen=True):
    """A template, and terms whose weighted sum in its HOLE may make it the target."""

    template: Term
    parts: tuple[Term, ...]
    cost: int


class Stack(Struct, frozen=True):
    """Terms in one shape, as unit rows (K, n), cheapest first."""

    terms: Sequence[Term]
    costs: Indexes
    rows: Array

    def up_to(self, cost: int) -> Stack:
        """The terms that cost no more than that."""
        count = int(np.searchsorted(self.costs, cost, side="right"))
        return self.first(count)

    def first(self, count: int) -> Stack:
        """The cheapest so many."""
        return Stack(self.terms[:count], self.costs[:count], self.rows[:count])


class Stacks:
    """The stacks of a bank, made when they are first asked for."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._made: dict[tuple[Shape, frozenset[str], bool], Stack] = {}

    def spread(self, shape: Shape, tiers: frozenset[str]) -> Stack:
        """The terms of these tiers that broadcast to a shape."""
        key = shape, tiers, True
        if key not in self._made:
            owns = [own for own in self.bank.shapes(tiers) if broadcast(own, shape) == shape]
            blocks = [self._block(own, tiers, shape) for own in owns]
            self._made[key] = _stack(blocks, int(np.prod(shape)), distinct=len(owns) > 1)
        return self._made[key]

    def operands(self, shape: Shape, tiers: frozenset[str]) -> Stack:
        """The terms that have this shape, and transposes of those with the last two turned."""
        key = shape, tiers, False
        if key not in self._made:
            blocks = [self._block(shape, tiers, shape)]
            if len(shape) > 1:
                turned = (*shape[:-2], shape[-1], shape[-2])
                terms, costs, values = self._block(turned, tiers, turned)
                function = "T" if len(shape) == 2 else "swap"
                values = np.swapaxes(values.reshape(-1, *turned), -1, -2)
                terms = [Apply(function, t) for t in terms]
                blocks.append((terms, costs + 1, values.reshape(len(terms), int(np.prod(shape)))))
            self._made[key] = _stack(blocks, int(np.prod(shape)), distinct=True)
        return self._made[key]

    def _block(
        self, own: Shape, tiers: frozenset[str], shape: Shape
    ) -> tuple[list[Term], Indexes, Array]:
        size = int(np.prod(shape))
        if own not in self.bank.groups:
            return [], np.zeros(0, dtype=np.int64), np.empty((0, size))
        group = self.bank.groups[own]
        chosen, values = self.bank.members(own, tiers)
        costs = np.array([group.costs[i] for i in chosen], dtype=np.int64)
        if len(chosen) * size > CELLS:
            cheap = np.argsort(costs, kind="stable")[: CELLS // size]
            chosen, values, costs = chosen[cheap], values[cheap], costs[cheap]
        padded = values.reshape(len(chosen), *(1,) * (len(shape) - len(own)), *own)
        rows = np.broadcast_to(padded, (len(chosen), *shape)).reshape(len(chosen), size)
        return [group.terms[i] for i in chosen], costs, rows


def _stack(blocks: list[tuple[list[Term], Indexes, Array]], size: int, *, distinct: bool) -> Stack:
    terms = [term for block in blocks for term in block[0]]
    if not terms:
        return Stack((), np.zeros(0, dtype=np.int64), np.empty((0, size)))
    costs = np.concatenate([block[1] for block in blocks])
    rows = np.concatenate([block[2] for block in blocks])
    order = np.argsort(costs, kind="stable")
    rows = rows[order]
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)
    rows /= np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    if distinct:
        first, second = projections(size) @ rows.T
        with np.errstate(all="ignore"):
            angles = np.rint(np.arctan(second / first) * 1e10)
        kept = np.sort(np.unique(angles, return_index=True)[1])
        order, rows = order[kept], rows[kept]
    return Stack([terms[i] for i in order], costs[order], rows)


def weighted(peeled: Sequence[Peeled], stack: Stack) -> Iterator[Candidate]:
    """One term, or two with weights, that make the target. All of `peeled` have one shape."""
    if not len(stack.terms):
        return
    tests = _flat(peeled)
    seen = tests @ stack.rows.T
    for which, row in np.argwhere(np.abs(seen[:, 0]) < MATCH)[:MOST_HITS].tolist():
        if _confirmed(stack.rows[row : row + 1], tests[which])[0]:
            cost = peeled[which].cost + int(stack.costs[row])
            yield Candidate(peeled[which].template, (stack.terms[row],), cost)
    if stack.rows.shape[1] >= 3:
        for which, one, other in _collinear(seen[:, :-1], seen[:, -1]):
            cost = peeled[which].cost + int(stack.costs[one] + stack.costs[other]) + 1
            yield Candidate(peeled[which].template, (stack.terms[one], stack.terms[other]), cost)


def triples(peeled: Peeled, thirds: Stack, stack: Stack) -> Iterator[Candidate]:
    """Three terms whose weighted sum is the target, one of them among `thirds`."""
    if len(stack.terms) < 3 or stack.rows.shape[1] < 4:
        return
    tests = _flat([peeled])[0]
    seen, removed = tests @ stack.rows.T, (tests @ thirds.rows.T).T
    squares = np.square(removed[:, :-1]).sum(axis=1, keepdims=True)
    along = removed[:, :-1] @ seen[:-1] / squares
    # What two terms leave beside the third is one direction, if some sum of the three fits.
    left = seen[None] - removed[:, :, None] * along[:, None, :]
    for which, one, other in _collinear(left[:, :-1], left[:, -1]):
        if thirds.terms[which] not in (stack.terms[one], stack.terms[other]):
            parts = thirds.terms[which], stack.terms[one], stack.terms[other]
            cost = thirds.costs[which] + stack.costs[one] + stack.costs[other]
            yield Candidate(peeled.template, parts, peeled.cost + int(cost) + 2)


def families(peeled: Sequence[Peeled], stack: Stack) -> Iterator[Candidate]:
    """Sums of v, sum(v) and u * sum(v * u): the gradients of normalisation, and parts of them."""
    if stack.rows.shape[1] < 4:
        return
    members = _families(stack)
    if not len(members):
        return
    rows, costs = np.array(members), stack.costs[np.array(members)].sum(axis=1)
    for each in peeled:
        seen = (_flat([each])[0] @ stack.rows.T)[:, rows]
        lengths = np.sqrt(np.square(seen[:-1]).sum(axis=0))
        a, b, c = np.moveaxis(seen[:3] / lengths, 2, 0)
        volume = (np.cross(a, b, axis=0) * c).sum(axis=0)
        near = np.flatnonzero((np.abs(volume) < MATCH) & (lengths > SHORTEST).all(axis=1))
        for at in near[:MOST_HITS].tolist():
            _, sizes, weights = np.linalg.svd(seen[:-1, at] / lengths[at])
            left = weights[-1] / lengths[at] * seen[-1, at]
            if sizes[-1] < CONFIRMED and abs(left.sum()) > SHORTEST * np.abs(left).max():
                parts = tuple(stack.terms[row] for row in rows[at])
                yield Candidate(each.template, parts, each.cost + int(costs[at]) + 2)


def _families(stack: Stack) -> list[tuple[int, int, int]]:
    at = {term: row for row, term in enumerate(stack.terms)}
    found = []
    for row, term in enumerate(stack.terms):
        match term:
            case Join("*", leaf, Reduce("sum", Join("*", inner, other), axis, keepdims)):
                total = at.get(Reduce("sum", inner, axis, keepdims))
                if leaf == other and total is not None and inner in at:
                    found.append((at[inner], total, row))
            case _:
                pass
    return found


def _flat(peeled: Sequence[Peeled]) -> Array:
    """The tests of all, (W, TESTS + 1, n)."""
    return np.stack([p.tests.reshape(len(p.tests), -1) for p in peeled])


def _collinear(seen: Array, witness: Array) -> Iterator[tuple[int, int, int]]:
    """(which, row, row) where two columns of seen[which] (tests, K) have one direction, and what
    they leave when they cancel each other there is not 0 altogether."""
    lengths = np.sqrt(np.square(seen).sum(axis=1))
    with np.errstate(all="ignore"):
        angles = np.arctan(seen[:, 1] / seen[:, 0])
    angles[~(lengths > SHORTEST)] = np.nan  # NaN is sorted last and near nothing
    order = np.argsort(angles, axis=1)
    placed = np.take_along_axis(angles, order, axis=1)
    blocks = []
    for lag in NEIGHBOURS:
        rows, at = np.nonzero(placed[:, lag:] - placed[:, :-lag] < SAME_ANGLE)
        blocks.append((rows, order[rows, at], order[rows, at + lag]))
    which, one, other = (np.concatenate(column) for column in zip(*blocks, strict=True))
    one, other = np.minimum(one, other), np.maximum(one, other)
    a, b = seen[which, :, one], seen[which, :, other]
    length_a, length_b = lengths[which, one], lengths[which, other]
    turned = np.sign((a * b).sum(axis=1))
    a, b = a / length_a[:, None], b / length_b[:, None] * turned[:, None]
    left_a, left_b = witness[which, one] / length_a, witness[which, other] / length_b * turned
    good = np.abs(a - b).max(axis=1, initial=0.0) < 10 * SAME_ANGLE
    good &= np.abs(left_a - left_b) > SHORTEST * (np.abs(left_a) + np.abs(left_b))
    found = np.stack([which, one, other], axis=1)[good]
    yield from found[np.argsort(found[:, 1] + found[:, 2], kind="stable")][:MOST_HITS].tolist()


def products(peeled: Peeled, left: Stack, right: Stack, *, same: bool) -> Iterator[Candidate]:
    """left * right, each pair once where both are the `same` stack."""
    tests = _flat([peeled])[0]
    for one, other in _hits(left.rows * tests[0], right.rows):
        good = _confirmed(left.rows[one] * right.rows[other], tests)
        if same:
            good &= one <= other
        yield from _joined(peeled, "*", left, right, one[good], other[good])


def quotients(peeled: Peeled, left: Stack, right: Stack) -> Iterator[Candidate]:
    """left / right."""
    tests = _flat([peeled])[0]
    with np.errstate(all="ignore"):
        under = 1.0 / right.rows
        under /= np.sqrt(np.square(under).sum(axis=1, keepdims=True))
    under[~np.isfinite(under).all(axis=1)] = 0.0
    for one, other in _hits(left.rows * tests[0], under):
        good = _confirmed(left.rows[one] * under[other], tests)
        yield from _joined(peeled, "/", left, right, one[good], other[good])


def matmuls(
    peeled: Peeled, stacks: Stacks, tiers: frozenset[str], cost: int
) -> Iterator[Candidate]:
    """left @ right, for all inner sizes that the bank has."""
    shape, lead = peeled.shape, peeled.shape[:-2]
    if len(shape) < 2:
        return
    known = list(stacks.bank.groups)
    inner = {s[-1] for s in known if len(s) > 1} | {s[-2] for s in known if len(s) > 1}
    for size in sorted(inner):
        for batch in {lead, ()}:
            one = (*lead, shape[-2], size)
            other = (*batch, size, shape[-1])
            left = stacks.operands(one, tiers).up_to(cost)
            right = stacks.operands(other, tiers).up_to(cost)
            if len(left.terms) and len(right.terms):
                yield from _matmul(peeled, left, right, one, other)


def _matmul(
    peeled: Peeled, left: Stack, right: Stack, one_shape: Shape, other_shape: Shape
) -> Iterator[Candidate]:
    ones = (1,) * (len(one_shape) - len(other_shape))
    blocks = right.rows.reshape(len(right.rows), *ones, *other_shape)
    moved = peeled.tests[0] @ np.swapaxes(blocks, -1, -2)
    tests = _flat([peeled])[0]
    for one, other in _hits(left.rows, moved.reshape(len(blocks), -1)):
        values = left.rows[one].reshape(len(one), *one_shape) @ blocks[other]
        good = _confirmed(values.reshape(len(one), -1), tests)
        yield from _joined(peeled, "@", left, right, one[good], other[good])


def _hits(left: Array, right: Array) -> Iterator[tuple[Indexes, Indexes]]:
    """Rows of both whose inner product is 0, a block at a time."""
    if not len(left) or not len(right):
        return
    step = max(1, CELLS // len(right))
    for start in range(0, len(left), step):
        one, other = np.nonzero(np.abs(left[start : start + step] @ right.T) < MATCH)
        if len(one):
            yield one[:MOST_ZEROS] + start, other[:MOST_ZEROS]


def _confirmed(values: Array, tests: Array) -> NDArray[np.bool_]:
    """Which rows of values are orthogonal to all tests, and not to the witness."""
    seen = np.abs(values @ tests.T)
    sizes = np.sqrt(np.square(values).sum(axis=1))
    matched = seen[:, :-1].max(axis=1, initial=0.0) <= CONFIRMED * sizes
    return np.asarray(matched & (seen[:, -1] > SHORTEST * sizes))


def _joined(
    peeled: Peeled, operator: Operator, left: Stack, right: Stack, one: Indexes, other: Indexes
) -> Iterator[Candidate]:
    for i, j in zip(one[:MOST_HITS].tolist(), other[:MOST_HITS].tolist(), strict=True):
        cost = peeled.cost + int(left.costs[i] + right.costs[j]) + 1
        yield Candidate(peeled.template, (Join(operator, left.terms[i], right.terms[j]),), cost)
