"""A check's outcome as pieces of text, in the order in which a learner should read them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from tutor.report import (
    Report,
    ToldFinding,
    also_in,
    count,
    names_within,
    report,
    wrong_words,
    yours_label,
)
from tutor.session import Ladder
from tutor.tui.desk import CheckState
from tutor.tui.problem import Problem
from tutor.tui.text import clean
from tutor.tui.widgets.cause_text import cause_pieces, worded
from tutor.tui.widgets.curve_text import curve_pieces
from tutor.tui.widgets.lines import Arranged, Piece, side_by_side
from tutor.verdict import ArrayTally

_PRINTED_LINES = 200
_GAP = Piece(Content(""))


def verdict_pieces(state: CheckState | None, following: str, ladder: Ladder | None) -> list[Piece]:
    """Everything that is known about the file; `following` is what comes next in the course.

    `ladder` is given where hints and lessons can be opened.
    """
    if state is None or not (state.verdict or state.problem or state.checking):
        words = "Save the file, from any editor, and it is checked. c checks it now."
        return [Piece(Content("No verdict yet")), _GAP, Piece(Content(words))]
    if state.problem is not None and not state.checking:
        return list(_problem(state.problem))
    now = [_checking(), _GAP, *curve_pieces(state.curves)]
    if state.verdict is None:
        return now
    pieces = list(_verdict(report(state.verdict), state, following, ladder))
    if not state.checking:
        return pieces
    below = Piece(Content("Below: the version before."))
    return [*now, below, _GAP, *(piece.dimmed() for piece in pieces)]


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


def _checking() -> Piece:
    return Piece(Content.styled("checking ...", ".text--name"))


def _problem(problem: Problem) -> Iterator[Piece]:
    yield Piece(Content.styled("This exercise cannot be checked", ".text--bad"))
    for text in (problem.message, problem.where, problem.hint):
        if text:
            yield _GAP
            yield Piece(Content(clean(text)))


def _verdict(
    told: Report, state: CheckState, following: str, ladder: Ladder | None
) -> Iterator[Piece]:
    if not state.checking:
        style = ".text--good" if told.passed else ".text--bad"
        headline = Content.assemble((told.headline, style), f"   {told.size}")
        yield from (Piece(headline), _GAP)
    yield from _arrays(told)
    if told.passed and not state.checking:
        if state.level is not None:
            words = f"Level {state.level.number} earned: {state.level.words}."
            yield from (Piece(Content.styled(words, "bold")), _GAP)
        yield from (Piece(Content(following)), _GAP)
    if not state.checking:
        yield from curve_pieces(state.curves)
    yield from cause_pieces(told, state, ladder)
    for finding in told.findings:
        yield from _finding(finding)
    if told.findings and told.findings[-1].brief:
        yield _GAP
    if told.output:
        yield from _printed(told)


def _arrays(told: Report) -> Iterator[Piece]:
    """Wrong arrays with the count of their cases; right ones need no more than their names."""
    if told.wrong:
        yield Piece(_wrong(told.wrong))
    if told.right:
        yield Piece(_right(told.right))
    if told.wrong or told.right:
        yield _GAP


def _wrong(tallies: Sequence[ArrayTally]) -> Arranged:
    """Two lines at most, for the causes have to stand on the screen as well."""

    def arrange(width: int) -> list[Content]:
        label = "wrong  "
        room = max(1, width - len(label))
        # A line that is wrapped between words is not quite full.
        words = Content(clean(wrong_words(tallies, 2 * room - room // 4)))
        first, *rest = words.wrap(room)
        margin = Content(" " * len(label))
        return [Content.styled(label, ".text--bad") + first, *(margin + line for line in rest)]

    return arrange


def _right(names: Sequence[str]) -> Arranged:
    def arrange(width: int) -> list[Content]:
        label = "ok     "
        words = clean(names_within(names, width - len(label)))
        return [Content.assemble((label, ".text--good"), words).truncate(width, ellipsis=True)]

    return arrange


def _finding(told: ToldFinding) -> Iterator[Piece]:
    finding = told.finding
    yield Piece(worded(finding.message))
    if told.brief:
        return
    if finding.case:
        yield Piece(Content(f"in the case \u201c{clean(finding.case)}\u201d"), quiet=True)
    if told.also_in and not told.explained:
        yield Piece(Content(clean(also_in(told.also_in))), quiet=True)
    if finding.yours and (not told.explained or "\n" in finding.yours):
        yield _GAP
        yours = (yours_label(finding), clean(finding.yours))
        columns = (yours, ("expected", clean(finding.expected)))
        yield Piece(side_by_side(columns), margin="  ")
    for frame in finding.frames:
        where = f"{frame.file}, line {frame.line}" if frame.file else f"line {frame.line}"
        yield Piece(
            Content(
                clean(
                    f"{where}, {f'in {frame.function}' if frame.function else 'at the top level'}"
                )
            ),
            margin="  ",
        )
        yield Piece(Content(clean(frame.text.strip())), margin="      ", quiet=True)
    yield _GAP


def _printed(told: Report) -> Iterator[Piece]:
    """What the learner's code printed. The end is kept: that is where a crash happened."""
    yield from (Piece(Content.styled("Your code printed", ".text--heading")), _GAP)
    before = len(told.output) - _PRINTED_LINES
    if before > 0:
        yield Piece(Content(f"({count(before, 'line')} before)"), margin="  ", quiet=True)
    printed = "\n".join(told.output[-_PRINTED_LINES:])
    yield Piece(Content(clean(printed)), margin="  ", quiet=True)
