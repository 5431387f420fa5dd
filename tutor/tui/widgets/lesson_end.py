"""The end of a lesson: what is still open, and where to go on."""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Static

from tutor.itinerary import Stop
from tutor.report import count


class LessonEnd(Static):
    """A few words below the last paragraph."""

    following: reactive[Stop | None] = reactive(None)
    still_open: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__(markup=False)

    def watch_following(self) -> None:
        self.update(self._words())

    def watch_still_open(self) -> None:
        self.update(self._words())

    def _words(self) -> str:
        lines = []
        if self.still_open:
            lines.append(f"{count(self.still_open, 'checkpoint')} still open: a goes there.")
        lines.append(next_words(self.following))
        return "\n".join(lines)


def next_words(stop: Stop | None) -> str:
    """What `n` does."""
    if stop is None:
        return "This is the end of the course."
    return f"n goes on to the {stop.kind}: {stop.title}"
