"""What learner code reported while it ran, as pieces of text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from tutor.curves import NARROWEST, Curve, plot, sparkline, summary
from tutor.report import count, short_case
from tutor.tui.text import clean
from tutor.tui.widgets.lines import Arranged, Piece

_WIDEST = 72
_HEIGHT = 6
_EARLIER = 24  # columns of a curve that is told in a line


def curve_pieces(curves: Sequence[Curve]) -> Iterator[Piece]:
    """The newest curve as a picture; a line for each one before it."""
    if not curves:
        return
    *earlier, newest = curves
    for curve in earlier:
        yield Piece(_in_a_line(curve))
        yield Piece(Content(summary(curve)), margin="  ", quiet=True)
    if earlier:
        yield Piece(Content(""))
    yield Piece(Content.assemble((_title(newest), "bold"), f"   {count(newest.count, 'value')}"))
    yield Piece(_picture(newest))
    yield Piece(Content(summary(newest)), quiet=True)
    yield Piece(Content(""))


def _title(curve: Curve) -> str:
    return clean(f"{curve.name}, {short_case(curve.case)}")


def _picture(curve: Curve) -> Arranged:
    def arrange(width: int) -> list[Content]:
        lines = plot(curve, max(NARROWEST, min(width, _WIDEST)), _HEIGHT)
        return [Content.styled(line, ".text--name") for line in lines]

    return arrange


def _in_a_line(curve: Curve) -> Arranged:
    def arrange(width: int) -> list[Content]:
        room = max(NARROWEST, min(_EARLIER, width - len(_title(curve)) - 3))
        line = (sparkline(curve, room), ".text--name")
        return [Content.assemble(line, f"   {_title(curve)}").truncate(width, ellipsis=True)]

    return arrange
