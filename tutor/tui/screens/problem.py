"""A screen in the place of one that cannot be shown."""

from __future__ import annotations

from textual.app import ComposeResult

from tutor.tui.keys import bindings
from tutor.tui.problem import Problem
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.problem_panel import ProblemPanel
from tutor.tui.widgets.title_line import Title


class ProblemScreen(TutorScreen):
    """What is broken, where, and what to do. The tutor goes on."""

    PLACE = "problem"
    BINDINGS = bindings("problem")

    def __init__(self, what: str, problem: Problem) -> None:
        super().__init__()
        self._what = what
        self._problem = problem

    def body(self) -> ComposeResult:
        yield ProblemPanel(self._problem)

    def title_now(self) -> Title:
        return Title(self._what)
