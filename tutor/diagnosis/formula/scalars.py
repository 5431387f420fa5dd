"""Formulas for a single number, as a loss is: a sum over everything.

A number alone has no direction to compare. What is compared instead is how often each sum goes
into it: that has to be a factor that the sizes explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tutor.diagnosis.formula.bank import Bank
from tutor.diagnosis.formula.factors import NEAR
from tutor.diagnosis.formula.matching import Candidate
from tutor.diagnosis.formula.terms import HOLE, Array, Join, Reduce, Term, cost

# Terms that are joined in pairs before they are summed: ((p - y) ** 2).sum().
JOINED = frozenset({"leaf", "map", "less", "plus"})
MOST = 150


def fitting(ratios: Array, explained: Array) -> NDArray[np.bool_]:
    """Which ratios are, but for the sign, among the explained factors (as positive numbers)."""
    known = np.sort(np.log(explained[np.isfinite(explained) & (explained > 0)]))
    with np.errstate(all="ignore"):
        wanted = np.log(np.abs(ratios))
    at = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
    off = np.minimum(np.abs(known[at] - wanted), np.abs(known[at - 1] - wanted))
    return np.asarray(off < NEAR)


def totals(target: float, bank: Bank, explained: Array) -> Iterator[Candidate]:
    """Terms whose sum over everything goes into the target with an explained factor."""
    for shape, group in bank.groups.items():
        if not group.terms:
            continue
        sums = group.values.reshape(len(group.terms), -1).sum(axis=1)
        for index in np.flatnonzero(fitting(target / sums, explained)).tolist():
            yield _candidate(group.terms[index] if shape == () else _total(group.terms[index]))


def joined_totals(target: float, bank: Bank, explained: Array) -> Iterator[Candidate]:
    """Products of two terms, summed over everything."""
    for shape in bank.shapes(JOINED):
        if shape == ():
            continue
        chosen, values = bank.members(shape, JOINED)
        terms: Sequence[Term] = [bank.groups[shape].terms[i] for i in chosen[:MOST]]
        rows = values[:MOST].reshape(len(terms), -1)
        for one, other in np.argwhere(fitting(target / (rows @ rows.T), explained)).tolist():
            if one <= other:
                yield _candidate(_total(Join("*", terms[one], terms[other])))


def _total(term: Term) -> Term:
    return Reduce("sum", term, None)


def _candidate(term: Term) -> Candidate:
    return Candidate(HOLE, (term,), cost(term))
