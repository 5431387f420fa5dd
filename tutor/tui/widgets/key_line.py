"""The bottom line: the keys that work here and now."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tutor.tui.keys import Key

_KEPT = "help"  # the way to every key that finds no room


class KeyLine(Widget):
    """As many keys as have room, most important first; each can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--label"}

    keys: reactive[tuple[Key, ...]] = reactive(())

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False  # keys keep their own colours

    def render(self) -> Content:
        keys, gap = fitting(self.keys, self.content_size.width)
        parts: list[Content] = []
        for key in keys:
            text = Content.assemble(
                (key.shown, ".key-line--key"), (f" {key.label}", ".key-line--label")
            )
            if self._answered(key):
                target = key.action if "." in key.action else f"screen.{key.action}"
                text = text.stylize(Style.from_meta({"@click": target}))
            parts.append(text)
        return Content(" " * gap).join(parts)

    def _answered(self, key: Key) -> bool:
        """Whether a click can do what the key does."""
        name = key.action.partition("(")[0].removeprefix("screen.")
        return name == "app.leave" or (bool(name) and hasattr(self.screen, f"action_{name}"))


def fitting(keys: tuple[Key, ...], width: int) -> tuple[tuple[Key, ...], int]:
    """The keys that fit into `width`, and the gap between them."""
    for gap in (3, 2):
        if _length(keys, gap) <= width:
            return keys, gap
    shown = list(keys)
    while len(shown) > 1 and _length(tuple(shown), 2) > width:
        last = max((n for n, key in enumerate(shown) if key.id != _KEPT), default=0)
        del shown[last]
    return tuple(shown), 2


def _length(keys: tuple[Key, ...], gap: int) -> int:
    return sum(len(f"{key.shown} {key.label}") for key in keys) + gap * (len(keys) - 1)
