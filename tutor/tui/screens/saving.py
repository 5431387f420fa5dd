"""Saving from the editor inside the tutor, so that nothing anybody wrote is lost."""

from __future__ import annotations

import hashlib
from typing import Literal

from textual import on
from textual.message import Message

from tutor.session import Session
from tutor.tui.drafts import keep
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

    def written(self) -> bytes:
        """The text as it is now."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bytes | None:
        """The text where it is not what was last read or saved; None otherwise."""
        text = self.written()
        return None if text == self._base else text

    def is_base(self, sha256: str) -> bool:
        """Whether this is the hash of what was last read or saved."""
        return sha256 == _sha256(self._base)

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


def _sha256(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
