"""What the output can show: its width, its height, colours, and which characters are safe."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

PIPED_WIDTH = 80
PIPED_HEIGHT = 40
WIDEST = 88  # longer lines of prose are hard to read

_COLOURS = {"good": "green", "bad": "red", "accent": "cyan"}


class Paper:
    """The standard output as something to write on.

    Plain (no escape sequence at all) unless it is a terminal and the learner did not refuse
    colours with NO_COLOR or TERM=dumb.
    """

    def __init__(self, *, width: int, height: int, colours: bool) -> None:
        self.width = width
        self.height = height
        self.colours = colours

    @classmethod
    def of_stdout(cls) -> Paper:
        if not is_terminal(sys.stdout):
            return cls(width=PIPED_WIDTH, height=PIPED_HEIGHT, colours=False)
        size = get_terminal_size()
        return cls(
            width=max(20, min(size.columns, WIDEST)),
            height=max(10, size.lines),
            colours=not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        )

    def style(self, text: str, *, colour: str = "", bold: bool = False, dim: bool = False) -> str:
        """`text` in one of the three colours: `good`, `bad`, `accent`."""
        if not self.colours:
            return text
        return click.style(text, fg=_COLOURS.get(colour), bold=bold or None, dim=dim or None)

    def wrapped(self, text: str, indent: int = 0) -> list[str]:
        """Lines of `text` within the width; its own line breaks and aligned lines are kept."""
        lines: list[str] = []
        margin = " " * indent
        for line in clean(text).splitlines():
            aligned = "   " in line or line.startswith(" ")
            if aligned or len(line) + indent <= self.width:
                lines.append(margin + line if line else "")
            else:
                lines += wrap(
                    line,
                    self.width,
                    initial_indent=margin,
                    subsequent_indent=margin,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
        return lines


def is_terminal(stream: object) -> bool:
    """Whether `stream` is a terminal; False for None and for a closed stream."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def clean(text: str) -> str:
    """`text` without characters that would command the terminal instead of being shown."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join(c if c.isprintable() or c == "\n" else _visible(c) for c in text)


def _visible(character: str) -> str:
    return repr(character)[1:-1]


def say(lines: str | Iterable[str] = "") -> None:
    """Write to standard output in one go."""
    # With `file`, click leaves the stream's encoding alone: it holds ASCII for a mistake.
    click.echo(lines if isinstance(lines, str) else "\n".join(lines), file=sys.stdout)


def warn(text: str) -> None:
    """Write to standard error, if there is one."""
    if sys.stderr is not None:
        click.echo(text, file=sys.stderr)


def say_json(encoded: bytes) -> None:
    """Write JSON and nothing else: always UTF-8, whatever the terminal's own encoding is."""
    click.echo(encoded, file=sys.stdout)
