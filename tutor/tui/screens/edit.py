"""The learner's file in an editor inside the tutor, with the verdict beside it."""

from __future__ import annotations

import hashlib
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static, TextArea

from tutor.session import Session
from tutor.tui.desk import CheckState
from tutor.tui.drafts import keep
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ExerciseBound
from tutor.tui.screens.choice import ChoiceScreen, Question
from tutor.tui.widgets.code_area import CodeArea, text_for_editing
from tutor.tui.widgets.title_line import Title
from tutor.tui.widgets.verdict_pane import VerdictPane, one_line

_LEAVE = Question(
    "Your text is not saved.",
    "",
    (("save", "Save it and leave"), ("", "Keep on editing"), ("discard", "Leave without it")),
)
_CONFLICT = Question(
    "The file has changed on the disk while you were editing.",
    "Both versions are kept among the attempts, whichever you take.",
    (
        ("", "Keep on editing; decide later"),
        ("mine", "Save my text over the one on the disk"),
        ("disk", "Take the one on the disk"),
    ),
)

# Where a save leads to: on with editing, back to the exercise, or out of the tutor.
After = Literal["stay", "back", "quit"]


class EditScreen(ExerciseBound):
    """An editor. It never writes over bytes that it has not shown."""

    PLACE = "editor"
    CSS_PATH = "../styles/edit.tcss"
    BINDINGS = bindings("editor")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]
    AUTO_FOCUS = "CodeArea"

    class Saved(Message):
        """These bytes are the learner's file now."""

        def __init__(self, source: bytes, then: After) -> None:
            super().__init__()
            self.source = source
            self.then: After = then

    class Reloaded(Message):
        """The file on the disk was taken in the place of the text."""

        def __init__(self, source: bytes) -> None:
            super().__init__()
            self.source = source

    def __init__(self, session: Session, exercise: str, source: bytes) -> None:
        super().__init__(exercise)
        self._session = session
        self._base = source
        self._then: After = "stay"

    def body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            text = text_for_editing(self._base) or ""
            yield CodeArea.with_source(text, plain=self.app.native_ansi_color)
            yield VerdictPane(id="verdict")
        yield Static("", id="verdict-line", markup=False)

    def title_now(self) -> Title:
        row, column = self._area.cursor_location if self._area else (0, 0)
        place = f"line {row + 1}, column {column + 1}"
        words = "not saved" if self.unsaved is not None else "saved"
        return Title(self.exercise, ("editing", place), words)

    @property
    def _area(self) -> CodeArea | None:
        return next(iter(self.query(CodeArea)), None)

    @property
    def unsaved(self) -> bytes | None:
        """The text as bytes where it is not what was last read or saved; None otherwise."""
        text = self._text()
        return None if text == self._base else text

    def _text(self) -> bytes:
        area = self._area
        return self._base if area is None else area.text.encode("utf-8", "surrogatepass")

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _retitle(self) -> None:
        self.show_title()

    def watch_state(self, state: CheckState | None) -> None:
        for pane in self.query(VerdictPane):
            pane.state = state
        for line in self.query("#verdict-line").results(Static):
            line.update(one_line(state))

    # -- saving ---------------------------------------------------------------------------------

    def action_save(self) -> None:
        self._save("stay")

    def _save(self, then: After) -> None:
        """Save, unless the disk holds something that this editor has not shown."""
        source = self.unsaved
        self._then = then
        if source is None:
            self.post_message(self.Saved(self._base, then))
        elif self._session.current_sha256(self.exercise) not in (_sha256(self._base), ""):
            self.app.push_screen(ChoiceScreen(_CONFLICT), self._settle)
        else:
            self._write(source)

    def _write(self, source: bytes) -> None:
        then = self._then

        def write() -> Message:
            self._session.save(self.exercise, source)
            return self.Saved(source, then)

        self.do(write)

    @on(Saved)
    def _check_saved(self, event: Saved) -> None:
        self._base = event.source
        self.show_title()
        self.post_message(self.CheckWanted(self.exercise, anew=event.then == "stay"))
        self._go(event.then)

    def _go(self, then: After) -> None:
        if then == "back":
            self.post_message(self.Left())
        elif then == "quit":
            self.post_message(self.LeaveWanted())

    def _settle(self, answer: str | None) -> None:
        """The answer to a conflict; the version that gives way is kept first."""
        mine = self.unsaved
        disk = self._session.workspace.read_if_any(self.exercise)
        if not answer or mine is None:
            return
        name, then = self.exercise, self._then

        def settle() -> Message:
            if answer == "mine":
                if disk is not None:
                    keep(self._session, name, disk)
                self._session.save(name, mine)
                return self.Saved(mine, then)
            keep(self._session, name, mine)
            return self.Reloaded(disk or b"")

        self.do(settle)

    @on(Reloaded)
    def _show_disk(self, event: Reloaded) -> None:
        self._load(event.source)
        self.post_message(self.CheckWanted(self.exercise, anew=False))

    def _load(self, source: bytes) -> None:
        text, area = text_for_editing(source), self._area
        if text is None or area is None:
            self._base = source
            self.notify("The file now holds what this editor cannot show. Use your own editor.")
            self.post_message(self.Left())
            return
        self._base = source
        place = area.cursor_location
        area.load_text(text)
        area.move_cursor(place)
        self.show_title()

    def watch_disk_sha256(self, sha256: str) -> None:
        """The file was saved elsewhere: follow it, unless there is text that would be lost."""
        if not sha256 or sha256 == _sha256(self._base) or self._area is None:
            return
        if self.unsaved is None:
            self._load(self._session.workspace.read_if_any(self.exercise) or b"")
        else:
            self.notify("The file has changed on the disk. Saving will ask which one to keep.")

    # -- leaving --------------------------------------------------------------------------------

    def action_back(self) -> None:
        self._ask("back")

    def ask_before_leaving(self) -> None:
        """The learner wants to quit the tutor from here."""
        self._ask("quit")

    def _ask(self, then: After) -> None:
        if self.unsaved is None:
            self._go(then)
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self._save(then)
            elif answer == "discard":
                self._base = self._text()
                self._go(then)

        self.app.push_screen(ChoiceScreen(_LEAVE), answered)


def _sha256(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
