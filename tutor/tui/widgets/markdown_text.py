"""Markdown of a course as pieces of text. Pure, apart from one parser that is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content, Span
from textual.highlight import ANSIDarkHighlightTheme, HighlightTheme, highlight
from textual.style import Style

from tutor.course.sections import slug
from tutor.tui.text import clean
from tutor.tui.widgets.lines import Arranged, Piece, rows_of

_GAP = Piece(Content(""))
_BULLETS = "•◦▪"
_NARROWEST = 6  # a column of a table

_INLINE = {
    "em_open": ".text--em",
    "strong_open": ".text--strong",
    "s_open": ".text--struck",
}


def _without_underlines(theme: type[HighlightTheme]) -> type[HighlightTheme]:
    """A line under `power_backward` would hide the line in its name."""
    styles = {
        token: style.replace("underline", "").strip() for token, style in theme.STYLES.items()
    }
    return type(f"Plain{theme.__name__}", (theme,), {"STYLES": styles})


_PLAIN = _without_underlines(HighlightTheme)
_PLAIN_ANSI = _without_underlines(ANSIDarkHighlightTheme)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def markdown_pieces(text: str, *, ansi: bool) -> list[Piece]:
    """The blocks of `text`; `ansi` when only the terminal's own colours may be used."""
    builder = _Builder(ansi)
    for token in _parser().parse(text):
        builder.take(token)
    while builder.pieces and builder.pieces[-1] is _GAP:
        builder.pieces.pop()
    return builder.pieces


class _Builder:
    """Walks through the flat tokens of a document, and remembers what they are inside of."""

    def __init__(self, ansi: bool) -> None:
        self.pieces: list[Piece] = []
        self._theme = _PLAIN_ANSI if ansi else _PLAIN
        self._margin = ""
        self._lead = ""
        self._style = ""
        self._anchor = ""
        self._tight = False
        self._numbers: list[int | None] = []  # of each list around here; None for bullets
        self._leads: list[int] = []  # lengths, of each list item around here
        self._rows: list[list[Content]] | None = None

    def take(self, token: Token) -> None:
        handler = getattr(self, f"_{token.type}", None)
        if handler is not None:
            handler(token)

    def _add(self, content: Content | Arranged, *, gap: bool = True) -> None:
        self.pieces.append(Piece(content, self._margin, self._lead, anchor=self._anchor))
        self._lead = self._anchor = ""
        if gap:
            self._gap()

    def _gap(self) -> None:
        if self.pieces and self.pieces[-1] is not _GAP:
            self.pieces.append(_GAP)

    # -- blocks ---------------------------------------------------------------------------------

    def _inline(self, token: Token) -> None:
        if self._style:
            self._anchor = slug(token.content)
        content = inline(token.children or ())
        if self._rows is not None:
            self._rows[-1].append(content)
        else:
            tight = token.level > 0 and self._tight
            self._add(
                content.stylize_before(self._style) if self._style else content, gap=not tight
            )

    def _paragraph_open(self, token: Token) -> None:
        self._tight = token.hidden

    def _heading_open(self, token: Token) -> None:
        self._tight = False
        self._style = ".text--heading" if token.tag in ("h1", "h2") else ".text--strong"

    def _heading_close(self, _: Token) -> None:
        self._style = ""

    def _fence(self, token: Token) -> None:
        code = token.content.rstrip("\n")
        if token.info.split()[:1] == ["python"]:
            text = highlight(code, language="python", theme=self._theme)
        else:
            text = Content(clean(code))
        lines = text.split("\n", allow_blank=True)
        self._add(lambda _: lines)

    _code_block = _fence

    def _hr(self, _: Token) -> None:
        self._add(lambda width: [Content.styled("─" * width, ".text--quiet")])

    def _blockquote_open(self, _: Token) -> None:
        self._margin += "│ "

    def _blockquote_close(self, _: Token) -> None:
        self._margin = self._margin[:-2]

    # -- lists ----------------------------------------------------------------------------------

    def _bullet_list_open(self, _: Token) -> None:
        self._numbers.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._numbers.append(int(token.attrGet("start") or 1))

    def _list_item_open(self, _: Token) -> None:
        number = self._numbers[-1]
        if number is None:
            self._lead = f"{_BULLETS[(len(self._numbers) - 1) % len(_BULLETS)]} "
        else:
            self._lead = f"{number}. "
            self._numbers[-1] = number + 1
        self._margin += " " * len(self._lead)
        self._leads.append(len(self._lead))

    def _list_item_close(self, _: Token) -> None:
        self._margin = self._margin[: len(self._margin) - self._leads.pop()]
        self._lead = ""

    def _bullet_list_close(self, _: Token) -> None:
        self._numbers.pop()
        if not self._numbers:
            self._gap()

    _ordered_list_close = _bullet_list_close

    # -- tables ---------------------------------------------------------------------------------

    def _table_open(self, _: Token) -> None:
        self._rows = []

    def _tr_open(self, _: Token) -> None:
        if self._rows is not None:
            self._rows.append([])

    def _table_close(self, _: Token) -> None:
        rows, self._rows = self._rows or [], None
        if rows:
            self._add(table(rows))


def table(rows: Sequence[Sequence[Content]]) -> Arranged:
    """Cells in columns under their headings; the widest columns wrap where room is short."""
    head, *body = rows
    cells = [[cell.stylize_before(".text--quiet") for cell in head], *body]

    def arrange(width: int) -> list[Content]:
        widths = [max(cell.cell_length for cell in column) for column in zip(*cells, strict=True)]
        room = width - 4 * (len(widths) - 1)
        while sum(widths) > room and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
        return [
            line
            for row in cells
            for line in rows_of(
                [cell.wrap(wide) for cell, wide in zip(row, widths, strict=True)], widths
            )
        ]

    return arrange


def inline(tokens: Sequence[Token]) -> Content:
    """A run of text with its emphasis, code and links."""
    text: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, str | Style]] = []
    length = 0
    for token in tokens:
        words = ""
        if token.type == "text":
            words = re.sub(r"\s+", " ", token.content)
        elif token.type == "softbreak":
            words = " "
        elif token.type == "hardbreak":
            words = "\n"
        elif token.type in ("code_inline", "image"):
            words = clean(token.content)
        elif token.type in _INLINE:
            opened.append((length, _INLINE[token.type]))
        elif token.type == "link_open":
            target = f"follow({str(token.attrGet('href') or '')!r})"
            opened.append((length, Style.from_meta({"@click": target})))
        elif token.type.endswith("_close") and opened:
            start, style = opened.pop()
            spans.append(Span(start, length, style))
        if token.type == "code_inline":
            spans.append(Span(length, length + len(words), ".text--code"))
        text.append(words)
        length += len(words)
    return Content("".join(text), spans)
