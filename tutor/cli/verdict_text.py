"""A report as text: at most a screenful, and what was left out is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.paper import Paper, clean
from tutor.report import Report, ToldFinding, also_in, count, names_within, wrong_words, yours_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.verdict import Diagnosis, Finding, Frame

_PRINTED_LINES = 8
_FRAMES = 3
_WORDS = 16  # the longest headline


def cause_lines(report: Report, paper: Paper) -> list[str]:
    """What comes first: the outcome, which arrays are wrong, and the causes."""
    return [
        _headline(report, paper),
        *_arrays(report, paper),
        *diagnosis_lines(report.diagnoses, paper),
    ]


def finding_lines(report: Report, paper: Paper, file: str, *, above: int) -> list[str]:
    """What comes below the causes, which took `above` lines: findings, and what was printed.

    `file` is how the learner calls the judged file.
    """
    printed = _printed(report, paper)
    room = paper.height - above - len(printed) - 4
    return _findings(report, paper, file, room) + printed


def row(report: Report, width: int, paper: Paper) -> str:
    """One line for a table of many verdicts; `width` is that of the longest name."""
    left = f"{report.exercise:{width}}  "
    word = paper.style(f"{report.headline:{_WORDS}}", colour="good" if report.passed else "bad")
    return f"{left}{word}  {_reason(report, paper.width - len(left) - _WORDS - 2)}".rstrip()


def _reason(report: Report, room: int) -> str:
    """What to know first, in so many characters."""
    if report.passed:
        return report.size
    if report.diagnoses:
        return _shortened(report.diagnoses[0].message, room)
    # That a file is still the stub is all in the headline.
    if report.findings and report.findings[0].finding.kind != "unchanged":
        return _shortened(report.findings[0].finding.message, room)
    return ""


def _shortened(text: str, room: int) -> str:
    line = clean(text.split("\n", 1)[0])
    return line if len(line) <= room else line[: max(0, room - 3)].rstrip() + "..."


def _headline(report: Report, paper: Paper) -> str:
    word = paper.style(report.headline, colour="good" if report.passed else "bad", bold=True)
    return f"{word} {paper.style(report.exercise, bold=True)}  {report.size}"


def _arrays(report: Report, paper: Paper) -> list[str]:
    """Wrong arrays with the count of their cases; right ones need no more than their names."""
    if report.passed:
        return []
    room = paper.width - 8
    # A line that is wrapped between words is not quite full.
    wrong = wrong_words(report.wrong, 2 * room - room // 4)
    right = names_within(report.right, room)
    return [
        *_labelled("wrong", wrong, paper, colour="bad"),
        *_labelled("ok", right, paper, colour="good"),
    ]


def _labelled(label: str, text: str, paper: Paper, *, colour: str) -> list[str]:
    if not text:
        return []
    first, *rest = paper.wrapped(text, 8)
    return [f"  {paper.style(f'{label:6}', colour=colour)}{first[8:]}", *rest]


def diagnosis_lines(diagnoses: Iterable[Diagnosis], paper: Paper) -> list[str]:
    """What was done, how that is known, why it is wrong, and where to read on."""
    lines: list[str] = []
    for each in diagnoses:
        told = [paper.style(line, bold=True) for line in paper.wrapped(each.message)]
        more = [each.evidence, each.why, _reading(each)]
        lines += ["", *told]
        for text in filter(None, more):
            lines += paper.wrapped(text, 2)
    return lines


def _reading(told: Diagnosis) -> str:
    lesson = told.read.partition("#")[0]
    return f"Read: {told.reading} (bp-tutor lesson {lesson})" if told.reading else ""


def _findings(report: Report, paper: Paper, file: str, room: int) -> list[str]:
    """As many findings as there is room for, but always the worst one."""
    lines: list[str] = []
    for told, finding in enumerate(report.findings):
        follows = finding.brief and told and report.findings[told - 1].brief
        block = [*([] if follows else [""]), *_finding(finding, paper, file)]
        if told and len(lines) + len(block) > room:
            more = count(len(report.findings) - told, "more finding")
            return [*lines, "", f"and {more}: bp-tutor check {report.exercise} --json has all"]
        lines += block
    return lines


def _finding(told: ToldFinding, paper: Paper, file: str) -> list[str]:
    finding = told.finding
    lines = paper.wrapped(finding.message)
    if told.brief:
        return lines
    if finding.case:
        array = f"{finding.array}, " if finding.array else ""
        where = f"{array}case: {finding.case}"
        lines += [paper.style(line, dim=True) for line in paper.wrapped(where, 2)]
    if not told.explained or "\n" in finding.yours:
        lines += _values(finding, paper)
    for frame in finding.frames[-_FRAMES:]:
        lines += _frame(frame, file)
    if told.also_in and not told.explained:
        lines += paper.wrapped(also_in(told.also_in), 2)
    return lines


def _values(finding: Finding, paper: Paper) -> list[str]:
    """Yours and what is expected; arrays stand beside each other where they fit."""
    yours, expected = (clean(text).splitlines() for text in (finding.yours, finding.expected))
    width = max(map(len, yours), default=0)
    if len(yours) < 2 or len(yours) != len(expected):
        return _entry("yours", finding.yours) + _entry("expected", finding.expected)
    label = yours_label(finding)
    width = max(width, len(label))
    rows = [(label, "expected"), *zip(yours, expected, strict=True)]
    lines = [f"    {left:{width}}    {right}" for left, right in rows]
    if max(map(len, lines)) <= paper.width:
        return lines
    return [f"    {line}" for line in (label, *yours, "expected", *expected)]


def _entry(label: str, value: str) -> list[str]:
    """A labelled value; a matrix stands beside its label, its rows aligned."""
    if not value:
        return []
    first, *rest = clean(value).splitlines()
    return [f"  {label:<10}{first}"] + [" " * 12 + line for line in rest]


def _frame(frame: Frame, file: str) -> list[str]:
    place = f"  {frame.file or file}:{frame.line}"
    function = f" in {frame.function}" if frame.function else ""
    return [place + function] + ([f"      {clean(frame.text.strip())}"] if frame.text else [])


def _printed(report: Report, paper: Paper) -> list[str]:
    """What the learner's code printed. The end is kept: that is where a crash happened."""
    if not report.output:
        return []
    lines = ["", paper.style("Your code printed:", bold=True)]
    left_out = len(report.output) - _PRINTED_LINES
    if left_out > 0:
        lines.append(f"  ({count(left_out, 'line')} before)")
    return lines + [f"  | {clean(line)}" for line in report.output[-_PRINTED_LINES:]]
