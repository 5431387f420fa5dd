"""Everything one check found out, for reading."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from tutor.tui.desk import CheckState
from tutor.tui.widgets.lines import Pieces
from tutor.tui.widgets.verdict_text import verdict_pieces


class VerdictText(Static):
    """The text, with the styles that its pieces name."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "verdict--good",
        "verdict--bad",
        "verdict--name",
        "verdict--heading",
        "verdict--quiet",
    }


class VerdictPane(VerticalScroll):
    """The verdict of the file as it is now, or the word that it is being checked.

    All of it is one text: a verdict has to stand within a blink, and widgets take time to mount.
    `following` is what comes next in the course, told after a pass.
    """

    state: reactive[CheckState | None] = reactive(None)
    following: reactive[str] = reactive("")

    def compose(self) -> ComposeResult:
        yield VerdictText(markup=False)

    def on_mount(self) -> None:
        self._draw()

    def watch_state(self) -> None:
        self._draw()

    def watch_following(self) -> None:
        self._draw()

    def _draw(self) -> None:
        for text in self.query(VerdictText):
            text.update(Pieces(verdict_pieces(self.state, self.following)))
