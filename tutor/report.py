"""A verdict folded for reading: what is wrong told once, worst first.

Pure, and shared by everything that shows a verdict, so that the command line and the screen
use the same words in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from tutor.verdict import FAULTS, ArrayTally, Diagnosis, Finding, FindingKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


# A diagnosis that names a place, not a cause: what it points at still wants an explanation.
_POINTERS = frozenset({"starts_here"})


_CASES_NAMED = 4


class ToldFinding(Struct, frozen=True):
    """A finding with the further cases that it holds in.

    One that is `explained` by a diagnosis is only what the cause came to. Of those of one cause,
    one is an instance to look at; the others are `brief`: their message says enough.
    """

    finding: Finding
    also_in: tuple[str, ...] = ()
    explained: bool = False
    brief: bool = False


class Report(Struct, frozen=True):
    """A verdict in reading order: headline, arrays, causes, findings, prints.

    `size` tells how much was judged in what time. `diagnoses` come before `findings` because a
    cause says more than a symptom; `findings` that no diagnosis explains come before the others,
    of which there is one for each array.
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
        diagnoses=_told_once(verdict.diagnoses),
        findings=_by_need(verdict),
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


def outcome_words(verdict: Verdict) -> str:
    """The headline as it stands in the middle of a line: `passed`, `wrong`, `out of time`."""
    return headline(verdict).lower()


def wrong_words(tallies: Sequence[ArrayTally], room: int) -> str:
    """`grad_W 4 of 6 cases, grad_b 2 of 6`: how many cases each array was wrong in.

    As many as `room` characters hold, and how many more there are.
    """
    told = [f"{each.array} {each.judged - each.right} of {each.judged}" for each in tallies]
    if told:
        told[0] += " cases" if tallies[0].judged != 1 else " case"
    return names_within(told, room)


def yours_label(finding: Finding) -> str:
    """What stands over the learner's values; in a whole array a star marks what is off."""
    return "yours (* is off)" if "*" in finding.yours and "\n" in finding.yours else "yours"


def names_within(names: Sequence[str], room: int) -> str:
    """As many names as `room` characters hold, at least one, and how many more there are."""
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        text = ", ".join(names[:shown]) + (f", and {left} more" if left else "")
        if len(text) <= room or shown == 1:
            return text
    return ""


def unexplained(verdict: Verdict) -> tuple[str, ...]:
    """The wrong arrays that no diagnosis names the cause of; a search may find it."""
    explained = _explained(verdict.diagnoses)
    wrong = (tally.array for tally in verdict.arrays if tally.right < tally.judged)
    return tuple(array for array in wrong if array not in explained)


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


def also_in(cases: Sequence[str]) -> str:
    """`also in: one row; a list; and 3 more`: further cases, the first few by name."""
    left = len(cases) - _CASES_NAMED
    more = (f"and {left} more",) if left > 0 else ()
    return f"also in: {'; '.join((*cases[:_CASES_NAMED], *more))}"


def duration(seconds: float) -> str:
    """`19 ms` below a second, `2.4 s` above."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def count(number: int, noun: str) -> str:
    """`1 case`, `6 cases`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def short_case(case: str) -> str:
    """The name of a case without the reason that follows its colon."""
    return case.split(":", 1)[0]


def _by_need(verdict: Verdict) -> tuple[ToldFinding, ...]:
    """Folded findings: those that no diagnosis explains, then one for each array explained.

    That one shows the whole array where any does. The first array of a cause is its instance.
    """
    explained = _explained(verdict.diagnoses)
    open_ones, instances = [], dict[str, ToldFinding]()
    for each in fold(verdict.findings):
        array = each.finding.array
        if array not in explained:
            open_ones.append(each)
        elif array not in instances or _is_whole(each) > _is_whole(instances[array]):
            instances[array] = structs.replace(each, explained=True)
    causes = (each for each in verdict.diagnoses if each.id not in _POINTERS)
    looked_at = {_first_of(each.arrays, instances) for each in causes}
    explained_ones = (
        structs.replace(each, brief=array not in looked_at) for array, each in instances.items()
    )
    return (*open_ones, *sorted(explained_ones, key=lambda each: each.brief))


def _first_of(arrays: Iterable[str], known: Mapping[str, object]) -> str:
    return next((array for array in arrays if array in known), "")


def _is_whole(told: ToldFinding) -> bool:
    return "\n" in told.finding.yours


def _explained(diagnoses: Iterable[Diagnosis]) -> frozenset[str]:
    return frozenset(
        array for each in diagnoses if each.id not in _POINTERS for array in each.arrays
    )


def _told_once(diagnoses: Iterable[Diagnosis]) -> tuple[Diagnosis, ...]:
    """Causes that hold together share their evidence, and often what to read.

    Where the cause has been told, nobody needs to be pointed at its place.
    """
    told: list[Diagnosis] = []
    for each in diagnoses:
        if each.id in _POINTERS and set(each.arrays) <= _explained(told):
            continue
        said = {text for before in told for text in (before.evidence, before.why, before.reading)}
        kept = {
            name: "" if getattr(each, name) in said else getattr(each, name)
            for name in ("evidence", "why", "reading")
        }
        told.append(structs.replace(each, **kept))
    return tuple(told)


def _sameness(finding: Finding) -> tuple[object, ...]:
    """Two crashes are the same one only if the same line raised them."""
    place = finding.frames[-1].line if finding.frames else None
    return finding.array, finding.kind, place


def _rank(finding: Finding) -> int:
    return 0 if finding.kind in FAULTS else _RANK.get(finding.kind, len(_RANK) + 1)


def _distinct(cases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short_case(case) for case in cases if case))
