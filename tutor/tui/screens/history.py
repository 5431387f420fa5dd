"""Every kept version of a file: look at one, bring one back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.progress.records import Version
from tutor.report import count, outcome_words
from tutor.session import Session
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ExerciseBound
from tutor.tui.text import moment
from tutor.tui.widgets.marked_list import MarkedList
from tutor.tui.widgets.title_line import Title

_KEPT = {
    "reset": "kept before starting over",
    "restore": "kept before another came back",
    "draft": "typed, never checked",
}


class HistoryScreen(ExerciseBound):
    """The versions, newest first."""

    PLACE = "history"
    CSS_PATH = "../styles/history.tcss"
    BINDINGS = bindings("history")
    AUTO_FOCUS = "OptionList"

    class Restored(Message):
        """This version is the learner's file again."""

        def __init__(self, version: Version) -> None:
            super().__init__()
            self.version = version

    def __init__(
        self, session: Session, exercise: str, versions: Sequence[Version], current: str
    ) -> None:
        super().__init__(exercise)
        self._session = session
        self._versions = {str(version.id): version for version in reversed(versions)}
        self._current = current

    def body(self) -> ComposeResult:
        if not self._versions:
            yield Static("Nothing is kept yet. Every version that is checked will be.", id="none")
            return
        options = (
            Option(version_words(version, is_current=version.sha256 == self._current), id=number)
            for number, version in self._versions.items()
        )
        yield MarkedList(*options, compact=True, markup=False)

    def title_now(self) -> Title:
        return Title(self.exercise, ("attempts",), count(len(self._versions), "version"))

    @on(OptionList.OptionSelected)
    def _show(self, event: OptionList.OptionSelected) -> None:
        version = self._versions[event.option_id or ""]
        parts = (f"version {version.id}", what_of(version))
        title = Title(self.exercise, parts, moment(version.at))

        def read() -> Message:
            source = self._session.version_source(version).decode("utf-8", "replace")
            return self.SourceWanted(title, source)

        self.do(read)

    @property
    def _pointed(self) -> Version | None:
        for options in self.query(OptionList):
            if options.highlighted_option is not None:
                return self._versions[options.highlighted_option.id or ""]
        return None

    def action_restore(self) -> None:
        version = self._pointed
        if version is not None:
            chosen = version.id
            self.do(lambda: self.Restored(self._session.restore(self.exercise, chosen)))

    @on(Restored)
    def _check_restored(self, event: Restored) -> None:
        saying = f"Version {event.version.id} is your file again. What was there is kept."
        self.post_message(self.CheckWanted(self.exercise, anew=False))
        self.post_message(self.Left(self, saying))

    def action_down(self) -> None:
        for options in self.query(OptionList):
            options.action_cursor_down()

    def action_up(self) -> None:
        for options in self.query(OptionList):
            options.action_cursor_up()

    def action_top(self) -> None:
        for options in self.query(OptionList):
            options.action_first()

    def action_bottom(self) -> None:
        for options in self.query(OptionList):
            options.action_last()


def version_words(version: Version, *, is_current: bool) -> str:
    """One row: `12   2025-11-21 14:02:11   wrong   your file now`."""
    row = f"{version.id:>4}   {moment(version.at)}   {what_of(version)}"
    return f"{row}   your file now" if is_current else row


def what_of(version: Version) -> str:
    """The outcome of an attempt, or why the version was kept."""
    if version.verdict is not None:
        return outcome_words(version.verdict)
    return _KEPT.get(version.kind, version.kind)
