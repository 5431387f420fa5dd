"""Finds the simplest formula over the exercise's quantities that gives an array in every sample.

Stages from small formulas to large ones. The first that has a formula which holds in all samples
ends the search; so does the clock, with None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from tutor.diagnosis.formula import scalars
from tutor.diagnosis.formula.bank import Bank
from tutor.diagnosis.formula.clock import Clock, OutOfTime
from tutor.diagnosis.formula.growing import grow_large, grow_small
from tutor.diagnosis.formula.matching import (
    Candidate,
    Stacks,
    families,
    matmuls,
    products,
    quotients,
    triples,
    weighted,
)
from tutor.diagnosis.formula.peel import Peeled, peels, tests_for, totals
from tutor.diagnosis.formula.proof import Formula, Prover
from tutor.diagnosis.formula.samples import Sample, is_small, most_telling, usable
from tutor.diagnosis.formula.terms import Array, Leaf, Shape

BASE = frozenset({"leaf", "turned"})
MAPS = frozenset({"map", "less"})
ALL = frozenset(
    {"one", "sum", "mapsum", "product", "quotient", "matmul", "mapped", "plus", "pairsum"}
    | {"triple", "triplesum", "projected", "scaled"}
    | BASE
    | MAPS
)
FACTORS = ALL - {"one"}
# Sums of three: the gradients of normalisation layers and what is left of them.
THIRDS = frozenset({"leaf", "product", "matmul"})
TRIPLED = frozenset({"one", "leaf", "product", "matmul", "sum", "pairsum", "projected"})
MOST_CANDIDATES = 60


def search(
    samples: Sequence[Sample],
    budget_seconds: float = 0.3,
    cancelled: Callable[[], bool] = lambda: False,
) -> Formula | None:
    """The simplest formula found for the samples' targets, or None: never a guess.

    It holds in every sample whose target is finite, to 1e-9 of the target's largest entry. At
    least one of the samples has to have arrays of no more than 4096 entries.
    """
    clock = Clock(budget_seconds, cancelled)
    chosen = usable(samples)
    if not chosen or not any(s.target.any() for s in chosen):
        return None
    first = most_telling(chosen)
    if not is_small(chosen[first]):
        return None
    chosen = [chosen[first], *chosen[:first], *chosen[first + 1 :]]
    try:
        with np.errstate(all="ignore"):
            return _searched(chosen, clock)
    except OutOfTime:
        return None


def _searched(samples: list[Sample], clock: Clock) -> Formula | None:
    bank, twins = grow_small(samples[0], clock)
    prover = Prover(samples, bank, twins)
    if samples[0].target.size > 1:
        stages = _stages(samples[0], bank, clock)
    else:
        stages = _single_number(samples[0], bank, prover.explainer.values(0), clock)
    for stage in stages:
        candidates = sorted(stage, key=lambda c: c.cost)
        for candidate in candidates[:MOST_CANDIDATES]:
            clock.check()
            found = prover.formula(candidate)
            if found is not None:
                return found
    return None


def _stages(sample: Sample, bank: Bank, clock: Clock) -> Iterator[list[Candidate]]:
    """Candidates, a stage at a time; each stage has larger formulas than the one before."""
    target = Peeled(tests_for(sample.target))
    yield _direct(target, Stacks(bank), clock)
    grow_large(bank, clock)
    stacks = Stacks(bank)
    yield _direct(target, stacks, clock)
    once = [*peels(target, bank, BASE), *totals(target, bank)]
    yield list(_looked_up(once, stacks, clock))
    twice = [q for p in _cheap(once) for q in [*peels(p, bank, BASE), *totals(p, bank)]]
    scaled = [p for p in [target, *once, *twice] if _scales(p)]
    yield list(_familiar(scaled, stacks, clock))
    mapped = list(peels(target, bank, MAPS))
    yield list(_looked_up(mapped, stacks, clock, 400))
    yield list(_each_joined(_cheap([*once, *mapped]), stacks, clock))
    yield list(_looked_up(twice, stacks, clock))
    yield list(_tripled(scaled, stacks, clock))


def _single_number(
    sample: Sample, bank: Bank, explained: Array, clock: Clock
) -> Iterator[list[Candidate]]:
    target = float(sample.target.ravel()[0])
    yield list(scalars.totals(target, bank, explained))
    grow_large(bank, clock)
    yield list(scalars.totals(target, bank, explained))
    yield list(scalars.joined_totals(target, bank, explained))


def _direct(target: Peeled, stacks: Stacks, clock: Clock) -> list[Candidate]:
    """One term, two with weights, two joined."""
    sums = weighted([target], stacks.spread(target.shape, ALL))
    return [*sums, *_joins(target, stacks, 8, clock)]


def _cheap(peeled: Iterable[Peeled]) -> list[Peeled]:
    return [p for p in peeled if p.cost <= 4]


def _scales(peeled: Peeled) -> bool:
    """Whether the steps are those that gamma and std of a normalisation layer take: one scaling
    up, one scaling down, by single quantities."""
    operators = [step.operator for step in peeled.steps]
    scaling = all(
        o in ("*", "/") and isinstance(s.other, Leaf)
        for o, s in zip(operators, peeled.steps, strict=True)
    )
    return scaling and len(set(operators)) == len(operators)


def _familiar(peeled: Sequence[Peeled], stacks: Stacks, clock: Clock) -> Iterator[Candidate]:
    for shape, group in _by_shape(peeled).items():
        clock.check()
        yield from families(group, stacks.spread(shape, TRIPLED))


def _tripled(peeled: Sequence[Peeled], stacks: Stacks, clock: Clock) -> Iterator[Candidate]:
    for each in sorted(peeled, key=lambda p: (len(p.steps), p.cost)):
        clock.check()
        thirds = stacks.spread(each.shape, THIRDS).first(40)
        yield from triples(each, thirds, stacks.spread(each.shape, TRIPLED).first(600))


def _looked_up(
    peeled: Sequence[Peeled], stacks: Stacks, clock: Clock, most: int = 4000
) -> Iterator[Candidate]:
    for shape, group in _by_shape(peeled).items():
        stack = stacks.spread(shape, ALL).first(most)
        for start in range(0, len(group), 32):
            clock.check()
            yield from weighted(group[start : start + 32], stack)


def _by_shape(peeled: Sequence[Peeled]) -> dict[Shape, list[Peeled]]:
    groups: dict[Shape, list[Peeled]] = {}
    for each in peeled:
        groups.setdefault(each.shape, []).append(each)
    return groups


def _each_joined(peeled: Iterable[Peeled], stacks: Stacks, clock: Clock) -> Iterator[Candidate]:
    for each in peeled:
        yield from _joins(each, stacks, 6, clock)


def _joins(peeled: Peeled, stacks: Stacks, small_cost: int, clock: Clock) -> Iterator[Candidate]:
    """Two terms of up to a cost, multiplied or divided."""
    terms = stacks.spread(peeled.shape, FACTORS).up_to(small_cost)
    clock.check()
    yield from products(peeled, terms, terms, same=True)
    clock.check()
    yield from quotients(peeled, terms, terms)
    clock.check()
    yield from matmuls(peeled, stacks, FACTORS, small_cost)
