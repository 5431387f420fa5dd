"""Holds a candidate against every sample, and asks whether so few numbers can prove so much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.diagnosis.formula.bank import Bank
from tutor.diagnosis.formula.factors import MINUS_ONE, NEAR, ONE, Explainer, Factor
from tutor.diagnosis.formula.growing import Twins
from tutor.diagnosis.formula.matching import Candidate
from tutor.diagnosis.formula.rendering import rendered
from tutor.diagnosis.formula.samples import Sample
from tutor.diagnosis.formula.scalars import fitting
from tutor.diagnosis.formula.terms import (
    HOLE,
    Apply,
    Array,
    Combination,
    Join,
    One,
    Reduce,
    Term,
    cost,
    evaluate,
    names,
    replaced,
    walk,
)
from tutor.diagnosis.formula.tidy import is_roundabout, tidied

SAME = 1e-9
DUST = 1e-13
# A fitted factor is known where the target stands that far above rounding.
ABOVE_DUST = 1e4
INDEPENDENT = 1e-6
ROUNDING = 1e-15
MOST_TWINS = 8
OVERFLOWING = frozenset({"exp", "log", "sigmoid"})

# Bits: a real number that fits to 1e-9, a small whole number that fits, one more unit of a
# formula's size (there are about that many more formulas), and what is asked for beyond that.
REAL, WHOLE_NUMBER, PER_COST, MARGIN = 30.0, 4.0, 4.0, 24.0


class Formula(Struct, frozen=True):
    """factor * term, true of every sample that it was sought in.

    It holds in `cases` of them with `numbers` entries altogether; both are 0 for a formula that
    was not found by a search.
    """

    term: Term
    factor: Factor = ONE
    cases: int = 0
    numbers: int = 0

    @property
    def text(self) -> str:
        """As NumPy code, in the learner's names."""
        return rendered(self.term, self.factor)

    @property
    def size(self) -> int:
        """How much there is to read: 2 a quantity, 1 an operation, more for functions."""
        return cost(self.term) + self.factor.cost


class Prover:
    """Candidates against samples."""

    def __init__(self, samples: Sequence[Sample], bank: Bank, twins: Twins) -> None:
        """`samples` with the one first that the bank was grown on."""
        self._samples = samples
        self.explainer = Explainer([s.sizes for s in samples])
        self._bank = bank
        self._twins = twins
        self._axes = {name: leaf.ndim for name, leaf in samples[0].leaves.items()}
        self._largest = [float(np.abs(s.target).max()) for s in samples]

    def formula(self, candidate: Candidate) -> Formula | None:
        """The formula that a candidate stands for, if it holds everywhere."""
        for template, parts in self._readings(candidate):
            found = self._weighted(template, parts)
            if found is not None and self.enough(found) and not is_roundabout(found.term):
                tidy = Formula(*tidied(found.term, found.factor, self._axes))
                return self._counted(tidy if self.holds(tidy) else found)
        return None

    def _readings(self, candidate: Candidate) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """The candidate, then with an axis kept, then with twins in it exchanged: x >= 0 where
        x > 0 did not hold."""
        template, parts = candidate.template, candidate.parts
        yield template, parts
        if template == HOLE and len(parts) == 1 and isinstance(parts[0], Reduce):
            sums = parts[0]
            if sums.axis is not None:
                yield HOLE, (Reduce(sums.kind, sums.of, sums.axis, not sums.keepdims),)
        nodes = {node for term in (template, *parts) for node in walk(term)}
        swaps = [(n, twin) for n in self._twins if n in nodes for twin in self._twins[n]]
        for old, new in swaps[:MOST_TWINS]:
            yield replaced(template, old, new), tuple(replaced(p, old, new) for p in parts)

    def _weighted(self, template: Term, parts: tuple[Term, ...]) -> Formula | None:
        columns = [replaced(template, HOLE, part) for part in parts]
        fitted = np.full((len(parts), len(self._samples)), np.nan)
        for i in range(len(self._samples)):
            weights = self._fit(i, columns)
            if weights is None:
                return None
            fitted[:, i] = weights
        if len(parts) == 1:
            return self._told(columns[0], fitted[0])
        weighted = [self._explained(part, row) for part, row in zip(parts, fitted, strict=True)]
        if any(each is None for each in weighted):
            return None
        whole, factor = combined([each for each in weighted if each is not None])
        whole = replaced(template, HOLE, whole)
        return self._told(whole, np.array([factor.value(s.sizes) for s in self._samples]))

    def _told(self, term: Term, fitted: Array) -> Formula | None:
        """The formula with its factor explained, held against the samples once more."""
        explained = self._explained(term, fitted)
        if explained is None:
            return None
        found = Formula(explained[1], explained[0])
        return found if self.holds(found) else None

    def holds(self, formula: Formula) -> bool:
        """Whether a formula gives the target of every sample."""
        return all(self._holds(i, formula) for i in range(len(self._samples)))

    def _value(self, i: int, term: Term, *, part: bool = False) -> Array | None:
        """The term on a sample, or None where shapes do not fit; a part in the target's shape."""
        sample = self._samples[i]
        try:
            value = evaluate(term, sample.leaves, sample.sizes)
            return np.broadcast_to(value, sample.target.shape) if part else value
        except ValueError:
            return None

    def _bar(self, i: int, term: Term) -> float:
        """What counts as equal: 1e-9 of the largest entry, and rounding of what went in."""
        return SAME * self._largest[i] + self._dust(i, term)

    def _drowned(self, i: int, term: Term) -> bool:
        """Whether a target is so small beside what went in that it may be rounding."""
        return self._largest[i] <= ABOVE_DUST * self._dust(i, term)

    def _dust(self, i: int, term: Term) -> float:
        leaves = (self._samples[i].leaves[name] for name in names(term))
        scale = max((float(np.abs(leaf).max(initial=0.0)) for leaf in leaves), default=1.0)
        return DUST * scale

    def _fit(self, i: int, columns: Sequence[Term]) -> Array | None:
        """The weights of terms whose sum is the target: NaN where they are not determined here,
        None where there are none."""
        values = [self._value(i, column, part=True) for column in columns]
        flat = [value.ravel() for value in values if value is not None]
        if len(flat) < len(columns):
            return None
        matrix, target = np.stack(flat, axis=1), self._samples[i].target.ravel()
        finite = np.isfinite(matrix).all(axis=1)
        matrix, target = matrix[finite], target[finite]
        lengths = np.abs(matrix).max(axis=0, initial=0.0)
        drowned = self._drowned(i, columns[0])
        unknown = np.full(len(columns), np.nan)
        if drowned or (lengths == 0).any() or len(target) < len(columns):
            return unknown  # held against the sample at the end, with the weights of the others
        unit = matrix / lengths
        weights, _, _, singular = np.linalg.lstsq(unit, target, rcond=None)
        if np.abs(unit @ weights - target).max(initial=0.0) > self._bar(i, columns[0]):
            return None
        if singular[-1] < INDEPENDENT * singular[0]:
            return unknown
        rounding = ROUNDING * self._largest[i] / singular[-1]
        weights[np.abs(weights) * NEAR < rounding] = np.nan  # small beside the other parts
        return np.asarray(weights / lengths)

    def _explained(self, term: Term, fitted: Array) -> tuple[Factor, Term] | None:
        """The simplest factor, reading sums as means where that leaves less to explain."""
        best: tuple[Factor, Term] | None = None
        for reading in readings(term):
            lengths = np.ones(len(fitted))
            if reading != term:
                lengths = np.array([self._length(i, term, reading) for i in range(len(fitted))])
            factor = self.explainer.explain(fitted * lengths)
            if factor is not None and (best is None or factor.cost < best[0].cost):
                best = factor, reading
        return best or self._scaled(term, fitted)

    def _scaled(self, term: Term, fitted: Array) -> tuple[Factor, Term] | None:
        """The factor as a sum over everything, (d * p).sum(), that goes with the term."""
        group = self._bank.groups.get(())
        if group is None or not np.isfinite(fitted[0]):
            return None
        explained = self.explainer.values(0)
        for tiers in (frozenset({"sum"}), frozenset({"mapsum", "pairsum"})):
            chosen, values = self._bank.members((), tiers)
            for index in chosen[fitting(fitted[0] / values, explained)].tolist():
                found = self._by_scalar("*", term, group.terms[index], fitted)
                if found is not None:
                    return found
            for index in chosen[fitting(fitted[0] * values, explained)].tolist():
                found = self._by_scalar("/", term, group.terms[index], fitted)
                if found is not None:
                    return found
        return None

    def _by_scalar(
        self, operator: Literal["*", "/"], term: Term, whole: Term, fitted: Array
    ) -> tuple[Factor, Term] | None:
        found = [self._value(i, whole) for i in range(len(self._samples))]
        values = np.array([np.nan if value is None else float(value) for value in found])
        factor = self.explainer.explain(fitted / values if operator == "*" else fitted * values)
        if factor is None:
            return None
        alone = isinstance(term, One) and operator == "*"
        return factor, whole if alone else Join(operator, term, whole)

    def _length(self, i: int, term: Term, reading: Term) -> float:
        """How many entries a mean is taken of: the quotient of the sum and the mean."""
        total, mean = self._value(i, term), self._value(i, reading)
        if total is None or mean is None:
            return float("nan")
        at = int(np.argmax(np.abs(mean)))
        with np.errstate(all="ignore"):
            return float(total.flat[at] / mean.flat[at])

    def _holds(self, i: int, formula: Formula) -> bool:
        """Whether a formula gives the sample's target."""
        value = self._value(i, formula.term)
        sample = self._samples[i]
        if value is None or value.shape != sample.target.shape:
            return False
        judged = self._judged(value, formula.term)
        with np.errstate(all="ignore"):
            off = np.abs(value * formula.factor.value(sample.sizes) - sample.target)[judged]
        return bool((off <= self._bar(i, formula.term)).all())

    def _judged(self, value: Array, term: Term) -> NDArray[np.bool_]:
        """The entries that can be judged: all, but where exp or log of a quantity overflows.

        There the learner may have got the same in a stable way. Division by 0 is no such excuse.
        """
        functions = {node.function for node in walk(term) if isinstance(node, Apply)}
        if functions & OVERFLOWING:
            return np.isfinite(value)
        return np.ones(value.shape, dtype=np.bool_)

    def _counted(self, formula: Formula) -> Formula:
        """The formula with how many cases and numbers it was held against."""
        counts = []
        for i in range(len(self._samples)):
            value = self._value(i, formula.term)
            counts.append(0 if value is None else int(self._judged(value, formula.term).sum()))
        cases = sum(count > 0 for count in counts)
        return Formula(formula.term, formula.factor, cases, sum(counts))

    def enough(self, formula: Formula) -> bool:
        """Whether the samples say more than a formula of this size could fit by chance."""
        said, asked = -REAL, MARGIN + PER_COST * formula.size
        for i, sample in enumerate(self._samples):
            value = self._value(i, formula.term)
            if value is not None and not self._drowned(i, formula.term):
                said += bits(sample.target[self._judged(value, formula.term)])
                # One factor has to do for all samples: each after the first says more.
                said += WHOLE_NUMBER if _is_small(self._largest[i]) else REAL
            if said >= asked:
                return True
        return False


def bits(target: Array) -> float:
    """How much an array says: its different numbers, but for a factor, and where its zeros are."""
    numbers = target.ravel().tolist()
    largest = max(map(abs, numbers), default=0.0)
    if not largest:
        return 0.0
    different = {round(abs(number) / largest, 9) for number in numbers if number} - {1.0}
    small = sum(map(_is_small, different))
    signs = Counter((number > 0) - (number < 0) for number in numbers)
    pattern = -sum(count * math.log2(count / len(numbers)) for count in signs.values())
    return REAL * (len(different) - small) + WHOLE_NUMBER * small + pattern


def _is_small(number: float) -> bool:
    """A number like 0.5, 3 or 2/3, that a coincidence gives easily."""
    return abs(number * 24 - round(number * 24)) < SAME * max(1.0, abs(number * 24))


def readings(term: Term) -> Iterator[Term]:
    """The term, and the term with sums read as means where that is a factor only."""
    yield term
    match term:
        case Reduce(kind="sum"):
            yield Reduce("mean", term.of, term.axis, term.keepdims)
            for inner in _others(term.of):
                yield Reduce("sum", inner, term.axis, term.keepdims)
        case Apply(function="T" | "swap"):
            yield from (Apply(term.function, inner) for inner in _others(term.of))
        case Join():
            yield from (Join(term.operator, left, term.right) for left in _others(term.left))
            for right in _others(term.right):
                yield from (Join(term.operator, left, right) for left in readings(term.left))


def _others(term: Term) -> Iterator[Term]:
    return (reading for reading in readings(term) if reading != term)


def combined(weighted: Sequence[tuple[Factor, Term]]) -> tuple[Term, Factor]:
    """A weighted sum as a factor times a plain one: (p - y) with 1 / N, instead of p/N - y/N."""
    bases = [ONE, *(f for f, _ in weighted), *(f.times(MINUS_ONE) for f, _ in weighted)]

    def effort(base: Factor) -> tuple[int, int]:
        left = [f.over(base) for f, _ in weighted]
        return sum(f.cost for f in left) + base.cost, base.cost

    base = min(bases, key=effort)
    parts = [(f.over(base), term) for f, term in weighted]
    parts.sort(key=lambda part: part[0].constant < 0)  # stable: p - y, not -y + p
    return Combination(tuple(parts)), base
