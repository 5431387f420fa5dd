"""Everything one check found out, for reading."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.reactive import reactive

from tutor.tui.desk import CheckState
from tutor.tui.widgets.lines import PiecesText
from tutor.tui.widgets.verdict_text import verdict_pieces


class VerdictPane(VerticalScroll):
    """The verdict of the file as it is now, or the word that it is being checked.

    All of it is one text: a verdict has to stand within a blink, and widgets take time to mount.
    `following` is what comes next in the course, told after a pass.
    """

    state: reactive[CheckState | None] = reactive(None)
    following: reactive[str] = reactive("")

    def compose(self) -> ComposeResult:
        yield PiecesText()

    def on_mount(self) -> None:
        self._draw()

    def watch_state(self) -> None:
        self._draw()

    def watch_following(self) -> None:
        self._draw()

    def _draw(self) -> None:
        for text in self.query(PiecesText):
            text.show(verdict_pieces(self.state, self.following))
