"""Everything one check found out, for reading."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import reactive

from tutor.session import Ladder
from tutor.tui.desk import CheckState
from tutor.tui.widgets.lines import PiecesText
from tutor.tui.widgets.verdict_text import verdict_pieces

_ALIKE = 3  # lines that make a place known again


class VerdictPane(VerticalScroll):
    """The verdict of the file as it is now, or the word that it is being checked.

    All of it is one text: a verdict has to stand within a blink, and widgets take time to mount.
    `following` is what comes next in the course, told after a pass. `ladder` is set where hints
    and lessons can be opened.
    """

    state: reactive[CheckState | None] = reactive(None)
    following: reactive[str] = reactive("")
    ladder: reactive[Ladder | None] = reactive(None)

    class FoundAbove(Message):
        """A cause was found, and stands above what is being read."""

    def compose(self) -> ComposeResult:
        yield PiecesText()

    def on_mount(self) -> None:
        self._draw()

    def watch_state(self, before: CheckState | None, state: CheckState | None) -> None:
        if _is_continued(before, state):
            self._draw_around_the_eye()
        else:
            self._draw()

    def watch_ladder(self) -> None:
        self._draw()

    def watch_following(self) -> None:
        self._draw()

    def _draw(self) -> None:
        for text in self.query(PiecesText):
            text.show(verdict_pieces(self.state, self.following, self.ladder))

    def _draw_around_the_eye(self) -> None:
        """Draw what has become more, with the lines that are being read where they are."""
        for text in self.query(PiecesText):
            top, height = round(self.scroll_y), self.size.height
            before = text.plain_lines()
            self._draw()
            place = same_place(before, text.plain_lines(), top, height) if top else 0
            self.scroll_to(y=place, animate=False, immediate=True)
            # What is longer now can be scrolled further only once it is laid out.
            self.call_after_refresh(self.scroll_to, y=place, animate=False, immediate=True)
            if place > top:
                self.post_message(self.FoundAbove())


def _is_continued(before: CheckState | None, state: CheckState | None) -> bool:
    """Whether two states are about one verdict, before and after the search for causes."""
    if before is None or state is None or before.checking or state.checking:
        return False
    verdicts = before.verdict, state.verdict
    return None not in verdicts and before.verdict.sha256 == state.verdict.sha256  # type: ignore[union-attr]


def same_place(before: Sequence[str], now: Sequence[str], top: int, height: int) -> int:
    """Where the line `top` of `before` stands `now`; if it is gone, the next one that is there."""
    for line in range(top, min(top + height, len(before))):
        block = before[line : line + _ALIKE]
        places = [at for at in range(len(now)) if now[at : at + len(block)] == block]
        if places and any(block):
            return max(0, min(places, key=lambda at: abs(at - line)) - (line - top))
    return top
