"""Unlock rules and statuses: pure functions of what is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from tutor.progress.records import Attempt, HintTaken
from tutor.spec import Exercise


class Status(StrEnum):
    """Where a learner stands with one exercise; the value is how it is told."""

    NOT_STARTED = "not started"
    STARTED = "started"
    REVEALED = "revealed"
    PASSED = "passed"


class Standing(Struct, frozen=True):
    """One exercise's status, with the number of attempts (an unchanged stub is none)."""

    status: Status
    attempts: int
    hints: int
    revealed: bool

    def words(self) -> str:
        """The status as the map tells it: `passed`, `2 attempts`, `not started`, ..."""
        if self.status is Status.PASSED:
            return "passed, solution seen" if self.revealed else "passed"
        if self.status is Status.STARTED:
            return f"{self.attempts} attempt{'s' if self.attempts != 1 else ''}"
        return self.status.value


def standing(
    attempts: Sequence[Attempt], hints: Sequence[HintTaken], revealed_at: float | None
) -> Standing:
    """The status of one exercise. A reveal never counts as a pass; a later pass says both."""
    passes = [attempt.at for attempt in attempts if attempt.passed]
    seen_before_pass = revealed_at is not None and (not passes or revealed_at < min(passes))
    if passes:
        status = Status.PASSED
    elif revealed_at is not None:
        status = Status.REVEALED
    else:
        status = Status.STARTED if attempts else Status.NOT_STARTED
    return Standing(
        status=status, attempts=len(attempts), hints=len(hints), revealed=seen_before_pass
    )


class Gate(Struct, frozen=True):
    """Whether the next rung may be taken, and the sentence that says what unlocks it."""

    open: bool
    says: str


def next_hint(total: int, taken: Sequence[HintTaken], fitting: Iterable[int]) -> int:
    """The number of the hint to offer: the first that fits the mistake, else the lowest one left.

    0 when all are taken.
    """
    left = set(range(1, total + 1)) - {hint.number for hint in taken}
    return next((number for number in fitting if number in left), min(left, default=0))


def hint_gate(
    number: int,
    total: int,
    taken: Sequence[HintTaken],
    attempts: Sequence[Attempt],
    *,
    fits: bool = False,
) -> Gate:
    """The gate before hint `number` of a ladder of `total` hints; 0 for no hint.

    A hint opens after an attempt (no stub is one) with other bytes than the previous hint was
    taken for. That it `fits` the last mistake is said.
    """
    if not number:
        return Gate(open=False, says="All hints are open.")
    passed = any(attempt.passed for attempt in attempts)
    since = taken[-1].at if taken else float("-inf")
    before = taken[-1].sha256 if taken else ""
    opened = any(attempt.at >= since and attempt.sha256 != before for attempt in attempts)
    if opened or passed:
        says = "fits this mistake, and is open" if fits else "is open"
        return Gate(open=True, says=f"Hint {number} of {total} {says}.")
    tries = "another try" if attempts else "a first try"
    says = "fits this mistake. It opens" if fits else "opens"
    return Gate(
        open=False,
        says=f"Hint {number} of {total} {says} after {tries}: change your file and save it.",
    )


def solution_gate(total: int, taken: Sequence[HintTaken], attempts: Sequence[Attempt]) -> Gate:
    """The gate before the solution: open after a pass or after the last hint."""
    if any(attempt.passed for attempt in attempts):
        return Gate(open=True, says="The solution is open: you have passed.")
    if len(taken) >= total:
        return Gate(open=True, says="The solution is open: you have taken every hint.")
    return Gate(
        open=False,
        says=f"The solution opens when you pass, or after hint {total} of {total}.",
    )


def level_earned(exercises: Iterable[Exercise], passed: Mapping[str, bool]) -> int:
    """The highest level whose exercises, and those of every level below, are all passed.

    A level that no exercise counts for is neither earned nor in the way.
    """
    by_level: dict[int, list[bool]] = {}
    for exercise in exercises:
        by_level.setdefault(exercise.level, []).append(passed.get(exercise.name, False))
    by_level.pop(0, None)
    earned = 0
    for level in sorted(by_level):
        if not all(by_level[level]):
            break
        earned = level
    return earned
