"""Terms with their values on one sample, a block of them at a time.

Two terms whose values differ by a constant factor at most are one here: factors are explained
later (factors.py), and the simpler term is kept. To compare thousands of arrays, each becomes one
number that is blind to factors: the angle that two fixed random projections of it span.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tutor.diagnosis.formula.terms import Array, Shape, Term

ANGLE_STEPS = 1e10
ZERO = 1e-12
LARGEST = 1e100
# x @ x.T of many rows is larger than anything that a formula for x is made of.
MOST_ENTRIES = 4096


@functools.cache
def projections(size: int) -> Array:
    """Two fixed random directions for arrays of a size, (2, size)."""
    return np.random.default_rng(20).normal(size=(2, size))


class Group:
    """All terms of one shape: `terms`, `costs`, indexes `by_tier`, and `values` (K, *shape)."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.terms: list[Term] = []
        self.costs: list[int] = []
        self.by_tier: dict[str, list[int]] = {}
        self._blocks: list[Array] = []
        self._projections = projections(math.prod(shape))
        self._at: dict[int, int] = {}
        self._members: dict[frozenset[str], tuple[NDArray[np.int64], Array]] = {}

    @property
    def values(self) -> Array:
        """The values of all terms, in their order."""
        if len(self._blocks) != 1:
            self._blocks = [np.concatenate(self._blocks or [np.empty((0, *self.shape))])]
        return self._blocks[0]

    def offer(
        self,
        values: Array,
        costs: NDArray[np.int64],
        tier: str,
        term: Callable[[int], Term],
    ) -> Iterable[tuple[int, int]]:
        """Take in what is new of a block; yield (row, known index) of what is not.

        `term` makes the tree of a row, and is asked for rows that are kept only.
        """
        flat = values.reshape(len(values), -1)
        order = np.argsort(costs, kind="stable")
        largest = np.abs(flat).max(axis=1, initial=0.0)
        order = order[(largest[order] > 1 / LARGEST) & (largest[order] < LARGEST)]
        if not order.size:
            return []
        unit = flat[order] / largest[order, None]
        if flat.shape[1] == 1:  # a single number has no direction, only a value
            angles = np.log(np.abs(flat[order, 0]))
        else:
            first, second = self._projections @ unit.T
            angles = np.arctan(second / first)
        keys = np.rint(angles * ANGLE_STEPS).astype(np.int64).tolist()
        kept, known = [], []
        for row, key in zip(order.tolist(), keys, strict=True):
            index = self._at.setdefault(key, len(self.terms))
            if index < len(self.terms):
                known.append((row, index))
                continue
            kept.append(row)
            self.terms.append(term(row))
            self.costs.append(int(costs[row]))
            self.by_tier.setdefault(tier, []).append(index)
        if kept:
            self._blocks.append(values[kept])
            self._members.clear()
        return known

    def members(self, tiers: frozenset[str]) -> tuple[NDArray[np.int64], Array]:
        """The indexes of the terms of some tiers, and their values."""
        if tiers not in self._members:
            chosen = np.array(sorted(i for t in tiers for i in self.by_tier.get(t, ())), np.int64)
            self._members[tiers] = chosen, self.values[chosen]
        return self._members[tiers]


class Bank:
    """The groups by shape."""

    def __init__(self) -> None:
        self.groups: dict[Shape, Group] = {}

    def offer(
        self,
        values: Array,
        costs: Sequence[int] | NDArray[np.int64],
        tier: str,
        term: Callable[[int], Term],
    ) -> Iterable[tuple[int, int]]:
        """As Group.offer, for a block (K, *shape) of any shape."""
        shape = values.shape[1:]
        if not values.size or math.prod(shape) > MOST_ENTRIES:
            return []
        group = self.groups.get(shape)
        if group is None:
            group = self.groups[shape] = Group(shape)
        return group.offer(values, np.asarray(costs, dtype=np.int64), tier, term)

    def members(self, shape: Shape, tiers: frozenset[str]) -> tuple[NDArray[np.int64], Array]:
        """As Group.members."""
        return self.groups[shape].members(tiers)

    def shapes(self, tiers: frozenset[str]) -> list[Shape]:
        """The shapes that terms of these tiers have."""
        return [shape for shape, group in self.groups.items() if tiers & group.by_tier.keys()]
