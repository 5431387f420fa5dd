"""Named causes as pieces of text: what was done, how that is known, why it is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content
from textual.style import Style

from tutor.report import Report
from tutor.session import Ladder
from tutor.tui.desk import CheckState
from tutor.tui.text import clean
from tutor.tui.widgets.lines import Piece
from tutor.verdict import Diagnosis

_GAP = Piece(Content(""))


def cause_pieces(told: Report, state: CheckState, ladder: Ladder | None) -> Iterator[Piece]:
    """Every cause, then how the search for more stands.

    `ladder` is given where hints and lessons can be opened: what opens them is told then.
    """
    hints_told: set[int] = set()
    for diagnosis in told.diagnoses:
        yield Piece(worded(diagnosis.message).stylize("bold"))
        if diagnosis.evidence:
            yield Piece(worded(diagnosis.evidence), quiet=True)
        if diagnosis.why:
            yield Piece(worded(diagnosis.why))
        if diagnosis.reading:
            yield Piece(_reading(diagnosis, opens=ladder is not None))
        if ladder is not None and 0 < diagnosis.hint <= ladder.total:
            if diagnosis.hint not in hints_told:
                yield Piece(_hint(diagnosis.hint, ladder))
            hints_told.add(diagnosis.hint)
        yield _GAP
    if state.search == "on":
        yield from (Piece(Content("Looking for the cause ..."), quiet=True), _GAP)
    elif state.search == "vain":
        words = "No known mistake gives these numbers; see below."
        yield from (Piece(Content(words), quiet=True), _GAP)


def _reading(told: Diagnosis, *, opens: bool) -> Content:
    place = worded(told.reading)
    if not opens:
        return Content("Read: ") + place
    place = place.stylize(Style.from_meta({"@click": f"screen.read({told.read!r})"}))
    return Content.assemble("Read: ", place, "   ", ("l", ".text--name"), " opens it")


def _hint(number: int, ladder: Ladder) -> Content:
    """That a hint fits, and what shows it."""
    fits = f"Hint {number} of {ladder.total} fits this.   "
    if number in {hint.number for hint in ladder.shown}:
        return Content.assemble(fits, ("2", ".text--name"), " shows it")
    if number != ladder.next_number:
        return Content(fits.rstrip())
    does = " opens it" if ladder.next_hint.open else " says when it opens"
    return Content.assemble(fits, ("h", ".text--name"), does)


def worded(text: str) -> Content:
    """`text` with its names in backticks set apart, and nothing that commands the terminal."""
    pieces = re.split(r"`([^`\n]+)`", clean(text))
    return Content.assemble(
        *((piece, ".text--name") if odd % 2 else piece for odd, piece in enumerate(pieces))
    )
