"""The last operation taken off a target, without solving for what was under it.

A formula fits the target T up to a factor exactly if its value is orthogonal to every test array
r that is orthogonal to T. If the formula is w(E) with a linear last operation w (times C, matrix
product with C, a sum over an axis), then <r, w(E)> = <w*(r), E> with the adjoint w*: the test
moves through w, and E is looked up in its own shape. Nothing is divided by T or inverted, so
zeros in T, or a C that is not square, do no harm. The adjoints are those that backpropagation
itself uses: `r @ C.T` for E @ C, a broadcast for a sum.

T itself travels along as the witness: what is orthogonal to it too has no part in T, it is 0
after the last operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from msgspec import Struct

from tutor.diagnosis.formula.bank import Bank
from tutor.diagnosis.formula.pairing import broadcast
from tutor.diagnosis.formula.terms import (
    HOLE,
    Apply,
    Array,
    Axis,
    Join,
    Operator,
    Reduce,
    Shape,
    Term,
)

TESTS = 4
TINY = 1e-9


class Step(Struct, frozen=True):
    """One linear operation on an unknown term: joined with `other`, or summed over `axis`.

    `turned` says that a transpose is joined.
    """

    operator: Operator | None = None
    other: Term | None = None
    unknown_left: bool = True
    axis: Axis = None
    turned: Literal["", "T", "swap"] = ""

    def around(self, term: Term) -> Term:
        """The operation, done to a term."""
        if self.turned:
            term = Apply(self.turned, term)
        if self.operator is None or self.other is None:
            return Reduce("sum", term, self.axis)
        if self.unknown_left:
            return Join(self.operator, term, self.other)
        return Join(self.operator, self.other, term)


class Peeled(Struct, frozen=True):
    """What is left to look up: tests (TESTS + 1, *shape), the witness last, and the steps above.

    `steps` are outermost first; `cost` is what they add to the size of a formula.
    """

    tests: Array
    steps: tuple[Step, ...] = ()
    cost: int = 0

    @property
    def shape(self) -> Shape:
        """The shape of the term that is looked for."""
        return self.tests.shape[1:]

    @property
    def template(self) -> Term:
        """The whole formula, with HOLE for the term that is looked for."""
        term: Term = HOLE
        for step in reversed(self.steps):
            term = step.around(term)
        return term

    def under(self, tests: Array, step: Step, cost: int) -> Peeled | None:
        """One step further in. None where the step makes every formula fit, or none."""
        size = np.sqrt(np.square(tests).sum(axis=tuple(range(1, tests.ndim)), keepdims=True))
        if not (np.isfinite(size).all() and size.min() > TINY):
            return None
        return Peeled(tests / size, (*self.steps, step), self.cost + cost)


def tests_for(target: Array) -> Array:
    """Random arrays orthogonal to the target and then the target, (TESTS + 1, *shape), all of
    length 1. Fewer entries than tests leave fewer directions; those repeat."""
    flat = target.ravel() / np.abs(target).max()
    basis = np.random.default_rng(7).normal(size=(TESTS, flat.size))
    for _ in range(2):  # twice: the second time removes the rounding of the first
        basis -= np.outer(basis @ flat, flat) / (flat @ flat)
    basis = np.concatenate([basis, flat[None]])
    basis /= np.sqrt(np.square(basis).sum(axis=1, keepdims=True))
    return basis.reshape(-1, *target.shape)


def peels(outer: Peeled, bank: Bank, tiers: frozenset[str]) -> Iterator[Peeled]:
    """Everything that one linear operation with a term of these tiers may have left."""
    for shape in bank.shapes(tiers):
        group = bank.groups[shape]
        indexes, values = bank.members(shape, tiers)
        for index, value in zip(indexes.tolist(), values, strict=True):
            other, cost = group.terms[index], group.costs[index] + 1
            for tests, step in _undone(outer.tests, other, value):
                inner = outer.under(tests, step, cost + bool(step.turned))
                if inner is not None:
                    yield inner


def totals(outer: Peeled, bank: Bank) -> Iterator[Peeled]:
    """Sums over an axis of something that has the shape of terms in the bank."""
    for shape in bank.groups:
        axes: list[Axis] = [a for a in range(len(shape)) if shape[a] > 1 and len(shape) > 1]
        axes += [tuple(range(len(shape) - 1))] if len(shape) > 2 else []
        for axis in axes:
            summed = (axis,) if isinstance(axis, int) else axis or ()
            if tuple(size for a, size in enumerate(shape) if a not in summed) == outer.shape:
                kept = tuple(1 if a in summed else size for a, size in enumerate(shape))
                tests = outer.tests.reshape(TESTS + 1, *kept)
                spread = np.broadcast_to(tests, (TESTS + 1, *shape)).copy()
                inner = outer.under(spread, Step(axis=axis), 2)
                if inner is not None:
                    yield inner


def _undone(tests: Array, other: Term, value: Array) -> Iterator[tuple[Array, Step]]:
    """The tests before an operation with `value`, for each operation that fits the shapes."""
    shape = tests.shape[1:]
    if value.ndim and broadcast(value.shape, shape) == shape:
        yield tests * value, Step("*", other, unknown_left=False)
        if (value != 0).all():
            yield tests / value, Step("/", other)
    if len(shape) < 2 or value.ndim < 2 or value.shape[:-2] not in {(), shape[:-2]}:
        return
    turn: Literal["T", "swap"] = "T" if len(shape) == 2 else "swap"
    if value.shape[-1] == shape[-1]:  # E @ C
        inner = tests @ np.swapaxes(value, -1, -2)
        yield inner, Step("@", other)
        yield np.swapaxes(inner, -1, -2), Step("@", other, turned=turn)
    if value.shape[-2] == shape[-2]:  # C @ E
        inner = np.swapaxes(value, -1, -2) @ tests
        yield inner, Step("@", other, unknown_left=False)
        yield np.swapaxes(inner, -1, -2), Step("@", other, unknown_left=False, turned=turn)
