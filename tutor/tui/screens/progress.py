"""The four levels: what each asks, and which exercises count for it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tutor.progress.rules import LEVELS, Status
from tutor.session import ExerciseRow, Overview
from tutor.tui.keys import bindings
from tutor.tui.levels import LEVEL_WORDS
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.widgets.title_line import Title


class ProgressScreen(ScrolledScreen):
    """Where the learner stands on the way to the four levels."""

    PLACE = "progress"
    CSS_PATH = "../styles/progress.tcss"
    BINDINGS = bindings("progress")
    AUTO_FOCUS = "#levels"

    def body(self) -> ComposeResult:
        with VerticalScroll(id="levels"):
            if self.overview is not None:
                for level in LEVELS:
                    yield Vertical(*_level(level, self.overview), classes="level")

    @property
    def scrolled(self) -> Widget:
        return self.query_one("#levels")

    def title_now(self) -> Title:
        if self.overview is None:
            return Title("Progress")
        overview = self.overview
        right = f"level {overview.level} of 4   {overview.passed}/{overview.total} passed"
        return Title("Progress", (overview.title,), right)


def _level(level: int, overview: Overview) -> Iterator[Widget]:
    rows = [
        row
        for unit in overview.units
        for lesson in unit.lessons
        for row in lesson.exercises
        if row.exercise.level == level
    ]
    passed = sum(row.standing.status is Status.PASSED for row in rows)
    yield Static(f"Level {level}   {LEVEL_WORDS[level]}", classes="level-title", markup=False)
    yield Static(_standing(level, overview, passed, len(rows)), classes="level-standing")
    for row in rows:
        yield Static(_row(row), classes="level-row", markup=False)


def _standing(level: int, overview: Overview, passed: int, total: int) -> str:
    if level <= overview.level:
        return "earned"
    if not total:
        return "no exercise of this course counts for it yet"
    if passed == total:
        return f"all {total} passed; earned together with the level below"
    return f"{passed} of {total} passed"


def _row(row: ExerciseRow) -> str:
    return f"{row.exercise.name:<28}{row.standing.words()}"
