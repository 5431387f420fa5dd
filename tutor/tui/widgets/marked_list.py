"""A list whose cursor is not told by colour alone."""

from __future__ import annotations

from textual.strip import Strip
from textual.widgets import OptionList

MARGIN = 2  # cells in front of every row, for the mark


class MarkedList(OptionList):
    """Draws `> ` over the first cells of the row under the cursor, which rows leave free."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        row = self.scroll_offset.y + y
        rows = self._lines
        if row >= len(rows) or rows[row][0] != self.highlighted or not strip.cell_length:
            return strip
        first = next(iter(strip))
        mark = Strip([type(first)("> ", first.style)])
        return Strip.join([mark, strip.crop(MARGIN)])
