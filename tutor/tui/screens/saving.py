"""Saving from the editor inside the tutor, so that nothing anybody wrote is lost."""

from __future__ import annotations

import hashlib
from typing import Literal

from textual import on
from textual.message import Message

from tutor.session import Session
from tutor.tui.screens.base import ExerciseBound
from tutor.tui.screens.choice import ChoiceScreen, Question

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


class SavingScreen(ExerciseBound):
    """A screen with a text of its own. It never writes over bytes that it has not shown."""

    class Saved(Message):
        """These bytes are the learner's file now."""

        def __init__(self, source: bytes, then: After) -> None:
            super().__init__()
            self.source = source
            self.then: After = then

    class Conflicted(Message):
        """The disk holds bytes that this screen has not shown; nothing was written."""

        def __init__(self, source: bytes, then: After) -> None:
            super().__init__()
            self.source = source
            self.then: After = then

    class DiskRead(Message):
        """The file on the disk; `wanted` if it may take the place of unsaved text."""

        def __init__(self, source: bytes, *, wanted: bool) -> None:
            super().__init__()
            self.source = source
            self.wanted = wanted

    def __init__(self, session: Session, exercise: str, source: bytes) -> None:
        super().__init__(exercise)
        self._session = session
        self._base = source

    def written(self) -> bytes:
        """The text as it is now."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bytes | None:
        """The text where it is not what was last read or saved; None otherwise."""
        text = self.written()
        return None if text == self._base else text

    # -- saving ---------------------------------------------------------------------------------

    def action_save(self) -> None:
        self._save("stay")

    def _save(self, then: After) -> None:
        """Save, unless the disk holds something that this screen has not shown."""
        name, base, source = self.exercise, self._base, self.written()

        def write() -> Message:
            disk = self._session.workspace.read_if_any(name)
            if disk is not None and disk not in (base, source):
                return self.Conflicted(source, then)
            if disk != source:
                self._session.save(name, source)
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
            self.post_message(self.Left(self))
        elif then == "quit":
            self.post_message(self.LeaveWanted())

    @on(Conflicted)
    def _ask_which(self, event: Conflicted) -> None:
        if not self.stands:
            return
        self.app.push_screen(
            ChoiceScreen(_CONFLICT), lambda answer: self._settle(answer, event.source, event.then)
        )

    def _settle(self, answer: str | None, mine: bytes, then: After) -> None:
        """Do as the learner decided; the version that gives way is kept first."""
        session, name = self._session, self.exercise

        def settle() -> Message:
            disk = session.workspace.read_if_any(name)
            if answer == "mine":
                if disk is not None:
                    session.keep_draft(name, disk)
                session.save(name, mine)
                return self.Saved(mine, then)
            session.keep_draft(name, mine)
            return self.DiskRead(disk or b"", wanted=True)

        if answer:
            self.do(settle)

    # -- saves elsewhere ------------------------------------------------------------------------

    def watch_disk_sha256(self, sha256: str) -> None:
        """The file was saved elsewhere, or by this screen: look which."""
        if not sha256 or not self.is_mounted or sha256 == hashlib.sha256(self._base).hexdigest():
            return
        name = self.exercise
        self.do(
            lambda: self.DiskRead(self._session.workspace.read_if_any(name) or b"", wanted=False)
        )

    @on(DiskRead)
    def _follow_disk(self, event: DiskRead) -> None:
        """Show what is on the disk, unless there is text that would be lost."""
        if not self.stands:
            return
        if event.source in (self._base, self.written()):
            self._base = event.source
            self.show_title()
        elif event.wanted or self.unsaved is None:
            self._base = event.source
            self.show_text(event.source)
            self.post_message(self.CheckWanted(self.exercise, anew=False))
        else:
            self.notify("The file has changed on the disk. Saving will ask which one to keep.")

    def show_text(self, source: bytes) -> None:
        """Put these bytes in the place of the text."""
        raise NotImplementedError

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
                self._base = self.written()
                self._go(then)

        self.app.push_screen(ChoiceScreen(_LEAVE), answered)
