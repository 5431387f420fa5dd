"""Markdown as terminal text.

Built on `rich.markdown`, which costs more to import than `bp-tutor list` takes: import this
module only where Markdown is about to be shown.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

if TYPE_CHECKING:
    from tutor.cli.paper import Paper

_INDENT = "  "
_THEME = Theme(
    {
        "markdown.code": "cyan",
        "markdown.h1": "bold",
        "markdown.h2": "bold cyan",
        "markdown.h3": "bold",
        "markdown.block_quote": "default",
        "markdown.item.bullet": "default",
        "markdown.item.number": "default",
        "markdown.table.header": "bold",
        "markdown.table.border": "dim",
        "markdown.link": "default",
        "markdown.link_url": "dim",
    }
)


def markdown_lines(text: str, paper: Paper) -> list[str]:
    """`text` rendered at the width of the paper, without blank lines around it."""
    console = Console(
        file=StringIO(),
        width=paper.width,
        force_terminal=paper.colours,
        color_system="standard" if paper.colours else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        theme=_THEME,
    )
    with console.capture() as capture:
        console.print(_Markdown(text, plain=not paper.colours), crop=False)
    lines = capture.get().split("\n")
    return _without_blank_ends(lines if paper.colours else [line.rstrip() for line in lines])


def _without_blank_ends(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


class _LeftHeading(Heading):
    """A heading at the left margin; underlined in characters where there is no bold type."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        text = self.text
        text.justify = "left"
        yield text
        if not console.is_terminal and self.tag in _UNDERLINES:
            yield Text(_UNDERLINES[self.tag] * min(text.cell_len, options.max_width))


_UNDERLINES = {"h1": "=", "h2": "-"}


class _Block(CodeBlock):
    """A code block or a picture, letter by letter: never wrapped and never cropped."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip("\n")
        text = Text(code)
        if self.lexer_name == "python" and console.is_terminal:
            text = Syntax("", "python", theme="ansi_dark").highlight(code)
            text.rstrip()
        for line in text.split("\n", allow_blank=True):
            yield Text(_INDENT, no_wrap=True, overflow="ignore", end="").append_text(line)
            yield Text("")


class _Table(TableElement):
    """A table without the blank lines that stand for its outer border."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for each in super().__rich_console__(console, options):
            if isinstance(each, Table):
                each.show_edge = False
            yield each


class _Markdown(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _LeftHeading,
        "fence": _Block,
        "code_block": _Block,
        "table_open": _Table,
    }

    def __init__(self, text: str, *, plain: bool) -> None:
        super().__init__(text, hyperlinks=False)
        if plain:
            _keep_backticks(self.parsed)


def _keep_backticks(tokens: list[Any]) -> None:
    """Without colours, backticks are what tells `x` from x."""
    for token in tokens:
        if token.type == "code_inline":
            token.content = f"`{token.content}`"
        if token.children:
            _keep_backticks(token.children)
