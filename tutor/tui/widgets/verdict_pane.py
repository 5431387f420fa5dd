"""Everything one check found out, for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tutor.report import Report, ToldFinding, count, report, wrong_cases
from tutor.tui.desk import CheckState
from tutor.tui.levels import LEVEL_WORDS
from tutor.tui.text import clean
from tutor.tui.widgets.comparison import Comparison
from tutor.tui.widgets.problem_panel import ProblemPanel

_PRINTED_LINES = 200


class VerdictPane(VerticalScroll):
    """The verdict of the file as it is now, or the word that it is being checked.

    `following` is what comes next in the course, told after a pass.
    """

    state: reactive[CheckState | None] = reactive(None, recompose=True)
    following: reactive[str] = reactive("")

    def compose(self) -> ComposeResult:
        state = self.state
        self.set_class(state is not None and state.checking, "-stale")
        if state is None or (state.verdict is None and not state.checking and not state.problem):
            yield Static("No verdict yet", classes="verdict-headline")
            yield Static(
                "Save the file, from any editor, and it is checked. c checks it now.",
                classes="verdict-text",
            )
            return
        if state.checking:
            yield Static("checking ...", classes="verdict-headline -checking")
        if state.problem is not None:
            yield ProblemPanel(state.problem, heading="This exercise cannot be checked")
        elif state.verdict is not None:
            if state.checking:
                yield Static("Below: the version before.", classes="verdict-text")
            yield from self._verdict(report(state.verdict), state)

    def _verdict(self, told: Report, state: CheckState) -> Iterator[Widget]:
        assert state.verdict is not None
        if not state.checking:
            outcome = state.verdict.outcome
            yield Static(_headline(told), classes=f"verdict-headline -{outcome}")
        yield from _arrays(told)
        if told.passed and not state.checking:
            yield from self._onward(state)
        for diagnosis in told.diagnoses:
            yield _text(diagnosis.message, "diagnosis")
            if diagnosis.evidence:
                yield _text(diagnosis.evidence, "evidence")
        for finding in told.findings:
            yield from _finding(finding)
        if told.output:
            yield Static("Your code printed", classes="verdict-section")
            # The end is kept: that is where a crash happened.
            before = len(told.output) - _PRINTED_LINES
            if before > 0:
                yield _text(f"({count(before, 'line')} before)", "evidence")
            printed = clean("\n".join(told.output[-_PRINTED_LINES:]))
            yield Static(printed, classes="verdict-text printed", markup=False)

    def _onward(self, state: CheckState) -> Iterator[Widget]:
        if state.level:
            words = LEVEL_WORDS.get(state.level, "")
            yield _text(f"Level {state.level} earned: {words}.", "diagnosis")
        yield _text(self.following or "Nothing is left: you have been through all of it.", "onward")


def one_line(state: CheckState | None) -> str:
    """The verdict in a line, for where there is no room for more."""
    if state is None:
        return "not checked yet"
    if state.checking:
        return "checking ..."
    if state.problem is not None:
        return state.problem.message
    if state.verdict is None:
        return "not checked yet"
    told = report(state.verdict)
    causes = [each.message for each in told.diagnoses]
    causes += [each.finding.message for each in told.findings]
    words = "   ".join((told.headline, told.size, *causes[:1]))
    return clean(words.replace("\n", " ").replace("`", ""))


def one_word(state: CheckState | None) -> str:
    """The outcome alone: `WRONG`, `checking ...`, or nothing."""
    if state is None:
        return ""
    if state.checking:
        return "checking ..."
    return report(state.verdict).headline if state.verdict is not None else ""


def _headline(told: Report) -> Content:
    return Content.assemble((told.headline, "bold"), f"   {told.size}")


def _arrays(told: Report) -> Iterator[Widget]:
    width = max((len(tally.array) for tally in told.wrong), default=0)
    lines = [
        Content.assemble(
            ("wrong  ", "$error"), f"{tally.array:{width}}   ", (wrong_cases(tally), "dim")
        )
        for tally in told.wrong
    ]
    if told.right:
        lines.append(Content.assemble(("ok     ", "$success"), "   ".join(told.right)))
    if lines:
        yield Static(Content("\n").join(lines), classes="verdict-text")


def _finding(told: ToldFinding) -> Iterator[Widget]:
    finding = told.finding
    yield _text(finding.message, "finding")
    if finding.case:
        lines = [f"in the case \u201c{finding.case}\u201d"]
        if told.also_in:
            lines.append(f"also in: {'; '.join(told.also_in)}")
        yield _text("\n".join(lines), "evidence")
    if finding.yours or finding.expected:
        yield Static(Comparison(finding.yours, finding.expected), classes="comparison")
    for frame in finding.frames:
        where = f"{frame.file}, line {frame.line}" if frame.file else f"line {frame.line}"
        yield _text(f"{where}, in {frame.function}\n    {frame.text.strip()}", "frame")


def _text(text: str, name: str) -> Static:
    return Static(worded(text), classes=f"verdict-text {name}")


def worded(text: str) -> Content:
    """`text` with its names in backticks set apart, and nothing that commands the terminal."""
    pieces = re.split(r"`([^`\n]+)`", clean(text))
    return Content.assemble(
        *((piece, "$accent") if odd % 2 else piece for odd, piece in enumerate(pieces))
    )
