"""What the learner's code gave beside what was expected."""

from __future__ import annotations

from textual.content import Content

from tutor.tui.text import clean
from tutor.tui.widgets.lines import Lines

_GAP = 4


class Comparison(Lines):
    """Two small renderings: side by side where both fit, one below the other otherwise.

    Lines are never wrapped, so that rows of an array stay rows.
    """

    def __init__(self, yours: str, expected: str) -> None:
        self._columns = [
            _column(heading, text)
            for heading, text in (("yours", yours), ("expected", expected))
            if text
        ]

    def lines(self, width: int) -> list[Content]:
        widths = [max(line.cell_length for line in column) for column in self._columns]
        if sum(widths) + _GAP * (len(widths) - 1) > width or len(widths) < 2:
            return [line for column in self._columns for line in column]
        left, right = self._columns
        height = max(len(left), len(right))
        padded = [*left, *[Content("")] * (height - len(left))]
        beside = [*right, *[Content("")] * (height - len(right))]
        column = widths[0] + _GAP
        return [
            a.pad_right(column - a.cell_length) + b for a, b in zip(padded, beside, strict=True)
        ]


def _column(heading: str, text: str) -> list[Content]:
    rows = [Content(row) for row in clean(text).splitlines()]
    return [Content.styled(heading, "dim"), *rows]
