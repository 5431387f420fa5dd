"""A broken course, told calmly: what, where, and what to do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tutor.tui.problem import Problem
from tutor.tui.text import clean


class ProblemPanel(Vertical):
    """One problem."""

    def __init__(self, problem: Problem, *, heading: str = "This does not work") -> None:
        super().__init__()
        self._problem = problem
        self._heading = heading

    def compose(self) -> ComposeResult:
        yield Static(self._heading, classes="problem-heading", markup=False)
        for text, name in (
            (self._problem.message, "problem-message"),
            (self._problem.where, "problem-where"),
            (self._problem.hint, "problem-hint"),
        ):
            if text:
                yield Static(clean(text), classes=name, markup=False)
