"""A question with a few answers, over the screen that asks it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.tui.keys import bindings, line
from tutor.tui.widgets.key_line import KeyLine
from tutor.tui.widgets.marked_list import MarkedList


@dataclass(frozen=True)
class Question:
    """What is asked, what to know about it, and the answers as (value, words)."""

    asked: str
    detail: str
    answers: tuple[tuple[str, str], ...]


class ChoiceScreen(ModalScreen[str]):
    """Gives back the value of the chosen answer; empty when the question was left."""

    BINDINGS = bindings("choice")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - Textual's

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._answered = False

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(self._question.asked, classes="question-asked", markup=False)
            if self._question.detail:
                yield Static(self._question.detail, classes="question-detail", markup=False)
            answers = (Option(f"  {words}", id=value) for value, words in self._question.answers)
            yield MarkedList(*answers, compact=True, markup=False)
            keys = KeyLine()
            keys.keys = line("choice")
            yield keys

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self._answer(event.option_id or "")

    def action_back(self) -> None:
        self._answer("")

    def _answer(self, value: str) -> None:
        """Only the first answer counts: keys may come faster than screens go."""
        if not self._answered and self.is_current:
            self._answered = True
            self.dismiss(value)
