"""The top line of a screen: what this is, where it is, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_GAP = "   "


@dataclass(frozen=True)
class Title:
    """`strong` and `right` always stand. Where room is short, `parts` give way to `short`, and
    of these the last ones go first.
    """

    strong: str
    parts: tuple[str, ...] = ()
    right: str = ""
    short: tuple[str, ...] = ()


class TitleLine(Widget):
    """One line that drops what has no room instead of cutting it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title-line--strong", "title-line--quiet"}

    title: reactive[Title] = reactive(Title(""))

    def render(self) -> Content:
        width = self.content_size.width
        title = self.title
        parts = title.parts
        if _length(title, parts) > width and title.short:
            parts = title.short
        while parts and _length(title, parts) > width:
            parts = parts[:-1]
        left = Content.assemble(
            (title.strong, ".title-line--strong"),
            ("".join(_GAP + part for part in parts), ".title-line--quiet"),
        )
        room = width - len(_GAP) - len(title.right)
        if not title.right or left.cell_length > room:
            return left.truncate(width, ellipsis=True)
        filled = left.pad_right(width - left.cell_length - len(title.right))
        return filled + Content.assemble((title.right, ".title-line--quiet"))


def _length(title: Title, parts: tuple[str, ...]) -> int:
    return len(_GAP.join((title.strong, *parts, title.right)))
