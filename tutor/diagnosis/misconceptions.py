"""Which of a check's misconceptions give exactly the learner's numbers, everywhere.

A misconception is played like learner code, on everything that was tried. It is only said if it
gives the learner's arrays in every single sample; where it raises, the learner's code must have
failed, too. Two of them may explain one array together: turned round *and* averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import numpy as np

from tutor.diagnosis.evidence import Array, Evidence, Sample, same
from tutor.spec import Check, Misconception

MOST_LOOKED_AT = 6
Answers = Mapping[str, Array | None]  # None: getting this array raised


class Account:
    """The arrays that a list of misconceptions, one on top of the other, gives by sample."""

    def __init__(self, check: Check, made: Sequence[Misconception]) -> None:
        self.made = tuple(made)
        self._check = check
        self._bent = [each for each in made if not each.arrays]
        self._formulas = [each for each in made if each.arrays]
        self._module: Any = None
        self._known: dict[str, Answers] = {}

    def answers(self, sample: Sample) -> Answers:
        """By array; worked out once for every sample."""
        if sample.name not in self._known:
            with np.errstate(all="ignore"):
                self._known[sample.name] = self._work_out(sample)
        return self._known[sample.name]

    def _work_out(self, sample: Sample) -> Answers:
        answers: Answers = dict(sample.right)
        if self._bent:
            answers = _played(sample, self._bent_module())
        for formula in self._formulas:
            answers = {**answers, **_bent_arrays(formula, sample, answers)}
        return answers

    def _bent_module(self) -> Any:
        if self._module is None and self._check.fresh_reference is not None:
            self._module = self._check.fresh_reference()
            for each in self._bent:
                each.bend(self._module)
        return self._module


def _played(sample: Sample, module: Any) -> Answers:
    answers: dict[str, Array | None] = {}
    try:
        for name, value in sample.play(module):
            if name in sample.right:
                answers[name] = np.asarray(value)
    except Exception:  # noqa: BLE001 - a mistake may well raise
        answers.update({name: None for name in sample.right if name not in answers})
    return answers


def _bent_arrays(formula: Misconception, sample: Sample, answers: Answers) -> Answers:
    if any(answers.get(name) is None for name in formula.arrays):
        return {}
    try:
        bent = formula.bend(sample.case, SimpleNamespace(**answers))
    except Exception:  # noqa: BLE001 - shapes that do not fit raise, as in learner code
        return dict.fromkeys(formula.arrays)
    values = bent if len(formula.arrays) > 1 else (bent,)
    return {name: np.asarray(value) for name, value in zip(formula.arrays, values, strict=True)}


class Known:
    """The misconceptions of one check with what they give; kept from one check to the next."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self.singles = tuple(Account(check, [each]) for each in check.misconceptions)
        self._pairs: dict[tuple[str, str], Account] = {}

    def pairs(self, evidence: Evidence) -> Iterator[Account]:
        """Any two of them, those first that give some of the learner's numbers by themselves.

        In an order in which the second one bends what the first one gives.
        """
        order = sorted(self.singles, key=lambda account: -_agreements(evidence, account))
        ranks = {account.made[0]: rank for rank, account in enumerate(order)}
        both = permutations(ranks, 2)
        for one, two in sorted(both, key=lambda pair: ranks[pair[0]] + ranks[pair[1]]):
            if (not one.arrays) < (not two.arrays):
                continue  # a formula bends arrays, so bent modules come first
            if not (one.arrays or two.arrays) and one.id > two.id:
                continue  # in whichever order a module is bent
            key = (one.id, two.id)
            if key not in self._pairs:
                self._pairs[key] = Account(self._check, [one, two])
            yield self._pairs[key]


def _agreements(evidence: Evidence, account: Account) -> int:
    """In how many places an account gives the learner's wrong numbers, in a few samples."""
    telling = [sample for sample in _telling_first(evidence) if sample.wrong][:MOST_LOOKED_AT]
    return sum(
        _agreement(sample, name, account.answers(sample).get(name)) is True
        for sample in telling
        for name in sample.wrong
    )


def explained(
    evidence: Evidence, accounts: Iterable[Account], unexplained: Iterable[str]
) -> dict[Account, tuple[str, ...]]:
    """The accounts that hold, each with the arrays that it explains and no earlier one does.

    One mistake that explains many arrays is likelier than many mistakes, so it comes first.
    """
    open_arrays = set(unexplained)
    if not open_arrays:
        return {}
    holding = {account: explains(evidence, account) for account in accounts}
    found: dict[Account, tuple[str, ...]] = {}
    for account, arrays in sorted(holding.items(), key=lambda pair: -len(pair[1])):
        if open_arrays & set(arrays):
            found[account] = tuple(name for name in arrays if name in open_arrays)
            open_arrays -= set(arrays)
    return found


def predicted(account: Account, sample: Sample, name: str) -> Array | None:
    """One array of an account in one sample; None where it raises, or has no such array."""
    return account.answers(sample).get(name)


def explains(evidence: Evidence, account: Account) -> tuple[str, ...]:
    """The arrays that an account changes, if the learner's are these in every sample."""
    changed: set[str] = set()
    contradicted: set[str] = set()
    shown: set[str] = set()
    for sample in _telling_first(evidence):
        answers = account.answers(sample)
        for name, right in sample.right.items():
            predicted = answers.get(name)
            differs = predicted is None or not same(predicted, right, sample.bars[name])
            agreement = _agreement(sample, name, predicted)
            if differs:
                changed.add(name)
                if agreement is True and predicted is not None:
                    shown.add(name)
            if agreement is False:
                if differs:
                    return ()
                contradicted.add(name)
    if not shown or changed & contradicted:
        return ()
    return tuple(name for name in evidence.wrong if name in changed)


def _telling_first(evidence: Evidence) -> list[Sample]:
    """Samples in which something is wrong rule most misconceptions out; small ones soonest."""

    def cost(sample: Sample) -> tuple[bool, int]:
        return not sample.wrong, sum(array.size for array in sample.right.values())

    return sorted(evidence.samples, key=cost)


def _agreement(sample: Sample, name: str, predicted: Array | None) -> bool | None:
    """Whether the learner's array is the predicted one; None where nothing can be said."""
    yours = sample.array(name)
    if name not in sample.yours:
        # Behind a failure; if it is predicted, well and good, but it proves little.
        return True if predicted is None and sample.failure is not None else None
    if yours is None or predicted is None:
        return False
    return same(yours, predicted, sample.bars[name])
