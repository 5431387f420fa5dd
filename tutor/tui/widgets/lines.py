"""Text that arranges itself by the width it is given, without a widget for each part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_GAP = 4

Arranged = Callable[[int], list[Content]]


class Lines(Visual):
    """Something to show that is as many lines as `lines` says; longer ones end in an ellipsis."""

    def lines(self, width: int) -> list[Content]:
        """The lines for this width."""
        raise NotImplementedError

    def render_strips(
        self,
        width: int,
        height: int | None,  # noqa: ARG002 - all lines are always given
        style: Style,
        options: RenderOptions,
    ) -> list[Strip]:
        plain = replace(options, selection=None)
        return [
            strip
            for line in self.lines(width)
            for strip in line.truncate(width, ellipsis=True).render_strips(width, 1, style, plain)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return max((line.cell_length for line in self.lines(container_width)), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.lines(width))


@dataclass(frozen=True)
class Piece:
    """A paragraph: text that is wrapped, or a function that arranges its lines by itself."""

    content: Content | Arranged
    indent: int = 0
    quiet: bool = False

    def dimmed(self) -> Piece:
        return replace(self, quiet=True)

    def lines(self, width: int) -> list[Content]:
        room = max(1, width - self.indent)
        found = self.content.wrap(room) if isinstance(self.content, Content) else self.content(room)
        if self.quiet:
            found = [line.stylize(".verdict--quiet") for line in found]
        return [line.pad_left(self.indent) for line in found] if self.indent else found


class Pieces(Lines):
    """Paragraphs one below the other."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces

    def lines(self, width: int) -> list[Content]:
        return [line for piece in self._pieces for line in piece.lines(width)]


def side_by_side(columns: Sequence[tuple[str, str]]) -> Arranged:
    """Headed blocks of text beside each other where they fit, one below the other elsewhere.

    Their lines are never wrapped, so that rows of an array stay rows.
    """
    blocks = [
        [Content.styled(heading, ".verdict--quiet"), *(Content(row) for row in text.splitlines())]
        for heading, text in columns
        if text
    ]
    widths = [max(line.cell_length for line in block) for block in blocks]

    def arrange(width: int) -> list[Content]:
        if sum(widths) + _GAP * (len(widths) - 1) > width:
            return [line for block in blocks for line in block]
        rows = []
        for row in range(max(map(len, blocks), default=0)):
            line = Content("")
            for block, wide in zip(blocks, widths, strict=True):
                cell = block[row] if row < len(block) else Content("")
                line = line + cell.pad_right(wide + _GAP - cell.cell_length)
            rows.append(line.rstrip())
        return rows

    return arrange
