"""Text that arranges itself by the width it is given, in one widget however much it is.

A widget for each paragraph, as Textual's `Markdown` has it, costs a few milliseconds each: a
lesson would take most of a second to open, and a verdict would not stand within a blink.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

Arranged = Callable[[int], list[Content]]

_GAP = 4  # between columns


class Lines(Visual):
    """Something to show that is as many lines as `lines` says.

    Its widget has `text-wrap: nowrap`, since these lines are wrapped already.
    """

    _joined: tuple[int, int, Content] = (-1, 0, Content(""))

    def lines(self, width: int) -> list[Content]:
        """The lines for this width."""
        raise NotImplementedError

    def joined(self, width: int) -> tuple[int, Content]:
        """The number of the lines, and all of them as one text."""
        if self._joined[0] != width:
            lines = self.lines(width)
            self._joined = (width, len(lines), Content("\n").join(lines))
        return self._joined[1:]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.joined(width)[1].render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return self.joined(width)[0]


@dataclass(frozen=True)
class Piece:
    """A paragraph: text that is wrapped, or a function that arranges its lines by itself.

    `margin` stands before every line; `lead`, no longer than it, takes its end on the first one.
    `anchor` is a name to find it by.
    """

    content: Content | Arranged
    margin: str = ""
    lead: str = ""
    quiet: bool = False
    anchor: str = ""

    def dimmed(self) -> Piece:
        return replace(self, quiet=True)

    def lines(self, width: int) -> list[Content]:
        room = max(1, width - len(self.margin))
        found = self.content.wrap(room) if isinstance(self.content, Content) else self.content(room)
        if self.quiet:
            found = [line.stylize(".text--quiet") for line in found]
        if not self.margin:
            return found
        first = self.margin[: len(self.margin) - len(self.lead)] + self.lead
        return [
            Content.styled(self.margin if number else first, ".text--name") + line
            for number, line in enumerate(found)
        ]


class Pieces(Lines):
    """Paragraphs one below the other."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces

    def lines(self, width: int) -> list[Content]:
        return [line for piece in self._pieces for line in piece.lines(width)]

    def line_of(self, anchor: str, width: int) -> int | None:
        """The number of the line where the first piece with this anchor begins."""
        line = 0
        for piece in self._pieces:
            if piece.anchor == anchor:
                return line
            line += len(piece.lines(width))
        return None


class PiecesText(Static):
    """Paragraphs as a widget; the styles that they may name are its component classes."""

    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's
        "text--bad",
        "text--code",
        "text--em",
        "text--good",
        "text--heading",
        "text--name",
        "text--quiet",
        "text--strong",
        "text--struck",
    }

    def __init__(self, pieces: Sequence[Piece] = (), *, classes: str | None = None) -> None:
        super().__init__(Pieces(pieces), markup=False, classes=classes)
        self._shown = Pieces(pieces)

    def show(self, pieces: Sequence[Piece]) -> None:
        self._shown = Pieces(pieces)
        self.update(self._shown)

    def plain_lines(self) -> list[str]:
        """What is shown, line by line."""
        return self._shown.joined(self.content_size.width)[1].plain.split("\n")

    def line_of(self, anchor: str) -> int | None:
        """The number of the line where the piece with this anchor begins."""
        return self._shown.line_of(anchor, self.content_size.width)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = self._shown.joined(self.content_size.width)[1]
        return selection.extract(text.plain), "\n"


def side_by_side(columns: Sequence[tuple[str, str]]) -> Arranged:
    """Headed blocks of text beside each other where they fit, one below the other elsewhere.

    Their lines are never wrapped, so that rows of an array stay rows.
    """
    blocks = [
        [Content.styled(heading, ".text--quiet"), *(Content(row) for row in text.splitlines())]
        for heading, text in columns
        if text
    ]

    def arrange(width: int) -> list[Content]:
        widths = [max(line.cell_length for line in block) for block in blocks]
        if sum(widths) + _GAP * (len(widths) - 1) > width:
            return [line for block in blocks for line in block]
        return rows_of(blocks, widths)

    return arrange


def rows_of(blocks: Sequence[Sequence[Content]], widths: Sequence[int]) -> list[Content]:
    """Blocks of lines beside each other, each padded to its width."""
    rows = []
    for row in range(max(map(len, blocks), default=0)):
        line = Content("")
        for block, wide in zip(blocks, widths, strict=True):
            cell = block[row] if row < len(block) else Content("")
            line = line + cell.pad_right(wide + _GAP - cell.cell_length)
        rows.append(line.rstrip())
    return rows
