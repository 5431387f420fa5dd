"""Which part of the screen is in front, where there is room for one."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

PANES = ("brief", "hints", "verdict")


class PaneTabs(Widget):
    """`1 Brief   2 Hints (1 of 4)   3 Verdict: WRONG`, with brackets round the one in front."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane-tabs--current", "pane-tabs--other"}

    pane: reactive[str] = reactive("brief")
    hints: reactive[str] = reactive("")
    verdict: reactive[str] = reactive("")

    class Picked(Message):
        """A part was clicked."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False  # keys keep their own colours

    def render(self) -> Content:
        notes = {"brief": "", "hints": self.hints, "verdict": self.verdict}
        parts = []
        for number, pane in enumerate(PANES, start=1):
            note = f" {notes[pane]}" if notes[pane] else ""
            label = f"{number} {pane.capitalize()}{note}"
            current = pane == self.pane
            text = Content(f"[{label}]" if current else f" {label} ")
            text = text.stylize(".pane-tabs--current" if current else ".pane-tabs--other")
            parts.append(text.stylize(Style.from_meta({"@click": f"pick('{pane}')"})))
        return Content("  ").join(parts)

    def action_pick(self, pane: str) -> None:
        self.post_message(self.Picked(pane))
