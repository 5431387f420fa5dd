"""From evidence to diagnoses: what can be said at once, and what takes a search.

Nothing is said that does not reproduce the learner's numbers, or that is not a plain fact of
them. Each wrong array is explained once, by the first of these that can: a misconception of the
check, something remembered, a factor, two misconceptions together, a few cases that it is wrong
in, a formula, a place in the array, a broken relation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

from msgspec import structs

from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.habits import habits
from tutor.diagnosis.misconceptions import Account, Known, explained
from tutor.diagnosis.multiples import (
    mistaken_for_another,
    off_by_a_factor,
    right_plus_something,
)
from tutor.diagnosis.origin import first_parting
from tutor.diagnosis.patterns import common_place, right_except
from tutor.diagnosis.relations import unrelated
from tutor.diagnosis.state import remembered
from tutor.diagnosis.subsets import rows_left_out
from tutor.diagnosis.wording import count, instance, listed
from tutor.spec import Misconception
from tutor.verdict import Diagnosis

PATIENCE = 1.0  # seconds
MOST_ALIKE = 3


def at_once(evidence: Evidence, known: Known) -> tuple[Diagnosis, ...]:
    """What takes no search: some milliseconds."""
    found = list(habits(evidence))
    found += _told(evidence, known.singles, _left(evidence, found))
    for search in (remembered, mistaken_for_another, rows_left_out):
        found += search(evidence, _left(evidence, found))
    return (*_folded(found), *first_parting(evidence))


def after_search(
    evidence: Evidence,
    known: Known,
    already: Iterable[Diagnosis],
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Diagnosis, ...]:
    """What explains the arrays that nothing in `already` explains: some hundred milliseconds."""
    from tutor.diagnosis.formulas import found_formulas  # a verdict does not wait for it

    found: list[Diagnosis] = []
    explained_before = [each for each in already if each.id != "starts_here"]
    searches = (
        _pairs(known),
        off_by_a_factor,
        right_plus_something,
        lambda evidence, left: right_except(evidence, left, known.singles),
        found_formulas,
        common_place,
        unrelated,
    )
    for search in searches:
        left = _left(evidence, [*explained_before, *found])
        if not left or cancelled():
            break
        found += search(evidence, left)
    return tuple(_folded(found))


Search = Callable[[Evidence, tuple[str, ...]], Iterable[Diagnosis]]


def _pairs(known: Known) -> Search:
    def search(evidence: Evidence, left: tuple[str, ...]) -> Iterable[Diagnosis]:
        return _told(evidence, _while_patient(known.pairs(evidence)), left)

    return search


def _while_patient(accounts: Iterator[Account]) -> Iterator[Account]:
    """Accounts until time is up: there are many pairs, and playing some of them takes long."""
    ends = perf_counter() + PATIENCE
    for account in accounts:
        if perf_counter() > ends:
            return
        yield account


def _folded(found: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
    """At most a few diagnoses of one kind; what else it holds for is told with the last of them."""
    by_id: dict[str, list[Diagnosis]] = {}
    for each in found:
        by_id.setdefault(each.id, []).append(each)
    for alike in by_id.values():
        told, rest = alike[:MOST_ALIKE], alike[MOST_ALIKE:]
        yield from told[:-1]
        last = told[-1]
        if rest:
            names = tuple(name for each in rest for name in each.arrays)
            more = f" The same is so of {listed(names)}."
            last = structs.replace(
                last, evidence=last.evidence + more, arrays=(*last.arrays, *names)
            )
        yield last


def _left(evidence: Evidence, found: Iterable[Diagnosis]) -> tuple[str, ...]:
    explained_arrays = {name for diagnosis in found for name in diagnosis.arrays}
    return tuple(name for name in evidence.wrong if name not in explained_arrays)


def _told(
    evidence: Evidence, accounts: Iterable[Account], left: tuple[str, ...]
) -> Iterator[Diagnosis]:
    for account, arrays in explained(evidence, accounts, left).items():
        for each in account.made:
            yield _diagnosis(evidence, each, arrays, together=len(account.made) > 1)


def _diagnosis(
    evidence: Evidence, made: Misconception, arrays: tuple[str, ...], *, together: bool
) -> Diagnosis:
    asked = [sample for sample in evidence.samples if arrays[0] in sample.right]
    given = sum(arrays[0] in sample.yours for sample in asked)
    failed = len(asked) - given
    how = "Both together give" if together else "It gives"
    where = f"all {count(given, 'case')}" if given > 1 else "the one case that gives any"
    fails = f", and fails in {failed} as yours does" if failed else ""
    return Diagnosis(
        id=made.id,
        message=made.says,
        evidence=f"{how} your numbers in {where}{fails}: {instance(evidence.samples, arrays[0])}.",
        why=made.why,
        read=made.read,
        hint=made.hint,
        arrays=arrays,
    )
