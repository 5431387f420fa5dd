"""Which terms there are to build formulas from, from single quantities upwards.

The tiers, each made of those before it, with `d * p` and the like as examples:

    leaf       d                      product    d * p
    turned     d.T                    quotient   d / p
    map        x > 0, p ** 2          matmul     d @ W.T
    less       1 - p, 1 - p ** 2      mapped     d * (x > 0), d * (1 - p)
    sum        d.sum(axis=0)          plus       d - p, d - d.mean(axis=1, keepdims=True)
    mapsum     (p ** 2).sum(axis=0)   pairsum    (d * p).sum(axis=1, keepdims=True)
    triple     d * p * gamma          triplesum  (d * p * gamma).sum(axis=0)
    projected  p * (d * p).sum(axis=1, keepdims=True)
    scaled     p * d.sum(axis=1, keepdims=True)

What is bigger is not stored: matching.py joins two of these and peel.py takes the last operation
off, which together reaches formulas of twice the size.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import numpy as np

from tutor.diagnosis.formula.bank import ZERO, Bank
from tutor.diagnosis.formula.clock import Clock
from tutor.diagnosis.formula.factors import MINUS_ONE, ONE
from tutor.diagnosis.formula.pairing import all_pairs, broadcast, fits, join, shape_pairs
from tutor.diagnosis.formula.samples import Sample
from tutor.diagnosis.formula.terms import (
    FUNCTIONS,
    Apply,
    Array,
    Axis,
    Combination,
    Join,
    Leaf,
    One,
    Reduce,
    Term,
    cost,
)

BASE = frozenset({"leaf", "turned"})
LEAF = frozenset({"leaf"})
PAIRS = frozenset({"product", "matmul"})

# What is done to single quantities, innermost function first; "less" is 1 - u.
MAPS: tuple[tuple[str, ...], ...] = (
    ("positive",),
    ("square",),
    ("less",),
    ("nonnegative",),
    ("nonpositive",),
    ("negative",),
    ("nonzero",),
    ("exp",),
    ("log",),
    ("sqrt",),
    ("tanh",),
    ("abs",),
    ("sign",),
    ("sigmoid",),
    ("square", "less"),
    ("tanh", "square"),
    ("tanh", "square", "less"),
    ("sigmoid", "less"),
)
# Their sums say no more than the sums of what they are the rest of.
LESSER = frozenset({"less", "nonpositive", "negative"})


class Twins(dict[Term, list[Term]]):
    """Small terms that agree on the one sample and may not on another: x > 0 and x >= 0."""

    def add(self, kept: Term, other: Term) -> None:
        """Note that `other` was not kept, since it had the values of `kept`."""
        self.setdefault(kept, []).append(other)


def grow_small(sample: Sample, clock: Clock) -> tuple[Bank, Twins]:
    """The terms of one operation on one sample, and sums of products."""
    bank, twins = Bank(), Twins()
    _leaves(bank, twins, sample.leaves)
    _turn(bank)
    _map(bank, twins)
    _sum(bank, BASE, "sum")
    clock.check()
    join(bank, "@", BASE, BASE, "matmul", clock)
    _add(bank)
    join(bank, "*", LEAF, LEAF, "product", clock)
    join(bank, "/", LEAF, LEAF, "quotient", clock)
    join(bank, "outer", LEAF, LEAF, "matmul", clock)
    _sum(bank, PAIRS, "pairsum")
    return bank, twins


def grow_large(bank: Bank, clock: Clock) -> None:
    """The other tiers, made of those that there are."""
    _sum(bank, frozenset({"map"}), "mapsum")
    join(bank, "*", LEAF, frozenset({"map", "less"}), "mapped", clock)
    join(bank, "*", PAIRS, LEAF, "triple", clock)
    _sum(bank, frozenset({"triple"}), "triplesum")
    clock.check()
    _project(bank, PAIRS | LEAF)
    join(bank, "*", LEAF, frozenset({"sum", "pairsum"}), "scaled", clock)


def _leaves(bank: Bank, twins: Twins, leaves: Mapping[str, Array]) -> None:
    bank.offer(np.array([1.0]), [1], "one", [One()].__getitem__)
    for name, value in leaves.items():
        leaf = Leaf(name)
        for _, index in bank.offer(value[None], [2], "leaf", [leaf].__getitem__):
            twins.add(bank.groups[value.shape].terms[index], leaf)


def _turn(bank: Bank) -> None:
    for shape in bank.shapes(LEAF):
        if len(shape) < 2:
            continue
        function = "T" if len(shape) == 2 else "swap"
        indexes, values = bank.members(shape, LEAF)
        terms = [Apply(function, bank.groups[shape].terms[i]) for i in indexes]
        turned = np.swapaxes(values, -1, -2)
        bank.offer(turned, [3] * len(terms), "turned", terms.__getitem__)


def _map(bank: Bank, twins: Twins) -> None:
    for shape in bank.shapes(LEAF):
        indexes, values = bank.members(shape, LEAF)
        leaves = [bank.groups[shape].terms[i] for i in indexes]
        made: dict[str, list[tuple[Array, list[Term]]]] = {"map": [], "less": []}
        for chain in MAPS:
            results, terms = values, leaves
            for function in chain:
                results, terms = _applied(function, results, terms)
            made["less" if chain[-1] in LESSER else "map"].append((results, terms))
        for tier, blocks in made.items():
            results = np.concatenate([block[0] for block in blocks])
            terms = [term for block in blocks for term in block[1]]
            if values[0].size > 1:  # p >= 0 is 1 everywhere, which is no news
                varied = np.flatnonzero(np.ptp(results.reshape(len(results), -1), axis=1))
                results, terms = results[varied], [terms[i] for i in varied]
            costs = [cost(t) for t in terms]
            for row, index in bank.offer(results, costs, tier, terms.__getitem__):
                twins.add(bank.groups[shape].terms[index], terms[row])


def _applied(function: str, values: Array, terms: list[Term]) -> tuple[Array, list[Term]]:
    if function == "less":
        return 1.0 - values, [one_minus(t) for t in terms]
    return FUNCTIONS[function].does(values), [Apply(function, t) for t in terms]


def one_minus(term: Term) -> Term:
    """1 - term."""
    return _minus(One(), term)


def _sum(bank: Bank, tiers: frozenset[str], tier: str) -> None:
    for shape in bank.shapes(tiers):
        indexes, values = bank.members(shape, tiers)
        if not shape:
            continue
        group = bank.groups[shape]
        terms, costs = [group.terms[i] for i in indexes], [group.costs[i] + 2 for i in indexes]
        for axis, keepdims in _axes(len(shape)):
            over = axis if axis is not None else tuple(range(len(shape)))
            axes = tuple(a + 1 for a in over) if isinstance(over, tuple) else over + 1
            sums = values.sum(axis=axes, keepdims=keepdims)
            # Where everything cancels, what is left is rounding: not a term.
            whole = np.abs(values).sum(axis=axes, keepdims=keepdims)
            flat = sums.reshape(len(sums), -1), whole.reshape(len(whole), -1)
            gone = np.abs(flat[0]).max(axis=1) <= ZERO * flat[1].max(axis=1)
            sums[gone] = 0.0
            bank.offer(sums, costs, tier, _reduced(terms, axis, keepdims))


def _project(bank: Bank, tiers: frozenset[str]) -> None:
    """u * sum(v * u): what every gradient through a sum over an axis has, with u a quantity."""
    for shape, own in itertools.product(bank.shapes(LEAF), bank.shapes(tiers)):
        if len(shape) < 2 or broadcast(own, shape) != shape:
            continue
        chosen, values = bank.members(own, tiers)
        group = bank.groups[own]
        blocks, terms = [], []
        for index, onto in zip(*bank.members(shape, LEAF), strict=True):
            leaf = bank.groups[shape].terms[index]
            products = values.reshape(len(chosen), *(1,) * (len(shape) - len(own)), *own) * onto
            inner: list[Term] = [Join("*", group.terms[i], leaf) for i in chosen]
            for axis in range(len(shape)):
                sums = _clear(products.sum(axis=axis + 1, keepdims=True), np.abs(products))
                blocks.append(sums * onto)
                terms += [Join("*", leaf, Reduce("sum", t, axis, axis > 0)) for t in inner]
        costs = [group.costs[i] + 8 for i in chosen] * len(blocks)
        bank.offer(np.concatenate(blocks), costs, "projected", terms.__getitem__)


def _reduced(terms: list[Term], axis: Axis, keepdims: bool) -> Callable[[int], Term]:
    def term(row: int) -> Term:
        return Reduce("sum", terms[row], axis, keepdims)

    return term


def _axes(dimensions: int) -> list[tuple[Axis, bool]]:
    """Axes to sum over, and whether they are kept; a first axis need not be kept to broadcast."""
    axes: list[tuple[Axis, bool]] = [(None, False)]
    for axis in range(dimensions):
        axes.append((axis, False))
        if axis:
            axes.append((axis, True))
    if dimensions > 2:
        axes.append((tuple(range(dimensions - 1)), False))
    return axes if dimensions > 1 else axes[:1]


def _add(bank: Bank) -> None:
    """Sums and differences of two leaves, and leaves less their means."""
    for left, right in shape_pairs(bank, LEAF, LEAF):
        if not fits("*", left, right):
            continue
        for total, term in ((_difference, _minus), (_total, _plus)):
            all_pairs(bank, (left, right), (LEAF, LEAF), "plus", total, term)
    for shape in bank.shapes(LEAF):
        indexes, values = bank.members(shape, LEAF)
        leaves = [bank.groups[shape].terms[i] for i in indexes]
        for axis in range(len(shape)) if len(shape) > 1 else ():
            centred = _clear(values - values.mean(axis=axis + 1, keepdims=True), np.abs(values))
            terms = [_minus(t, Reduce("mean", t, axis, axis > 0)) for t in leaves]
            bank.offer(centred, [cost(t) for t in terms], "plus", terms.__getitem__)


def _difference(a: Array, b: Array) -> Array:
    return _clear(a - b, np.abs(a) + np.abs(b))


def _total(a: Array, b: Array) -> Array:
    return _clear(a + b, np.abs(a) + np.abs(b))


def _minus(a: Term, b: Term) -> Term:
    return Combination(((ONE, a), (MINUS_ONE, b)))


def _plus(a: Term, b: Term) -> Term:
    return Combination(((ONE, a), (ONE, b)))


def _clear(result: Array, scale: Array) -> Array:
    """Rounding that is left where everything cancels is no term: make it 0."""
    result[np.abs(result) <= ZERO * scale.max()] = 0.0
    return result
