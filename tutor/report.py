"""A verdict folded for reading: what is wrong told once, worst first.

Pure, and shared by everything that shows a verdict, so that the command line and the screen
use the same words in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.verdict import FAULTS, ArrayTally, Diagnosis, Finding, FindingKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a learner has to know first: code that did not run, then the forward pass (a wrong forward
# makes every gradient after it wrong), then form, then numbers.
_ORDER: tuple[FindingKind, ...] = (
    "forward",
    "none",
    "type",
    "shape",
    "dtype",
    "mutation",
    "nan",
    "backward",
    "value",
)
_RANK: dict[FindingKind, int] = {kind: rank for rank, kind in enumerate(_ORDER, start=1)}

_FAULT_WORDS: dict[FindingKind, str] = {
    "unchanged": "NOT STARTED",
    "todo": "NOT FINISHED",
    "missing": "INCOMPLETE",
    "syntax": "SYNTAX ERROR",
    "import": "IMPORT FAILED",
    "crash": "CRASHED",
    "timeout": "OUT OF TIME",
    "memory": "OUT OF MEMORY",
    "output": "TOO MUCH OUTPUT",
    "exit": "EXITED",
    "input": "WAITED FOR INPUT",
    "died": "DIED",
    "file": "NO FILE",
}


class ToldFinding(Struct, frozen=True):
    """A finding told in full, with the further cases that it holds in."""

    finding: Finding
    also_in: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """A verdict in reading order: headline, arrays, causes, findings, prints.

    `size` tells how much was judged in what time. `diagnoses` come before `findings` because a
    cause says more than a symptom.
    """

    exercise: str
    passed: bool
    headline: str
    size: str
    right: tuple[str, ...]
    wrong: tuple[ArrayTally, ...]
    diagnoses: tuple[Diagnosis, ...]
    findings: tuple[ToldFinding, ...]
    output: tuple[str, ...]


def report(verdict: Verdict) -> Report:
    """Fold a verdict for reading."""
    return Report(
        exercise=verdict.exercise,
        passed=verdict.passed,
        headline=headline(verdict),
        size=size(verdict),
        right=tuple(t.array for t in verdict.arrays if t.right == t.judged),
        wrong=tuple(t for t in verdict.arrays if t.right < t.judged),
        diagnoses=verdict.diagnoses,
        findings=fold(verdict.findings),
        output=tuple(verdict.output.splitlines()),
    )


def headline(verdict: Verdict) -> str:
    """The outcome in one to three capital words; a fault is called by its name."""
    if verdict.outcome != "faulty":
        return verdict.outcome.upper()
    faults = (_FAULT_WORDS[f.kind] for f in verdict.findings if f.kind in FAULTS)
    return next(faults, "FAULTY")


def size(verdict: Verdict) -> str:
    """`6 cases, 19 ms`; without cases only the time."""
    time = duration(verdict.seconds)
    return f"{count(verdict.cases, 'case')}, {time}" if verdict.cases else time


def wrong_cases(tally: ArrayTally) -> str:
    """`4 of 6 cases`: how many cases an array was wrong in."""
    return f"{tally.judged - tally.right} of {count(tally.judged, 'case')}"


def fold(findings: Iterable[Finding]) -> tuple[ToldFinding, ...]:
    """Findings that say the same about the same array, told once; worst first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_sameness(finding), []).append(finding)
    told = [
        ToldFinding(finding=first, also_in=_distinct(f.case for f in rest if f.case != first.case))
        for first, *rest in groups.values()
    ]
    return tuple(sorted(told, key=lambda each: _rank(each.finding)))


def duration(seconds: float) -> str:
    """`19 ms` below a second, `2.4 s` above."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def count(number: int, noun: str) -> str:
    """`1 case`, `6 cases`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def short_case(case: str) -> str:
    """The name of a case without the reason that follows its colon."""
    return case.split(":", 1)[0]


def _sameness(finding: Finding) -> tuple[object, ...]:
    """Two crashes are the same one only if the same line raised them."""
    place = finding.frames[-1].line if finding.frames else None
    return finding.array, finding.kind, place


def _rank(finding: Finding) -> int:
    return 0 if finding.kind in FAULTS else _RANK.get(finding.kind, len(_RANK) + 1)


def _distinct(cases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short_case(case) for case in cases if case))
