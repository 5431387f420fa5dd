"""The levels: what each asks, and which exercises count for it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tutor.session import ExerciseRow, LevelRow, Overview
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.text import standing_words
from tutor.tui.widgets.title_line import Title


class ProgressScreen(ScrolledScreen):
    """Where the learner stands on the way through the levels."""

    PLACE = "progress"
    CSS_PATH = "../styles/progress.tcss"
    BINDINGS = bindings("progress")
    AUTO_FOCUS = "#levels"

    def body(self) -> ComposeResult:
        with VerticalScroll(id="levels"):
            if self.overview is not None:
                for level in self.overview.levels:
                    yield Vertical(*_level(level, self.overview), classes="level")

    @property
    def scrolled(self) -> Widget:
        return self.query_one("#levels")

    def title_now(self) -> Title:
        if self.overview is None:
            return Title("Progress")
        overview = self.overview
        return Title("Progress", (overview.title,), standing_words(overview))


def _level(level: LevelRow, overview: Overview) -> Iterator[Widget]:
    rows = [
        row
        for unit in overview.units
        for lesson in unit.lessons
        for row in lesson.exercises
        if row.exercise.level == level.number
    ]
    yield Static(f"Level {level.number}   {level.words}", classes="level-title", markup=False)
    yield Static(_standing(level, overview.level), classes="level-standing")
    for row in rows:
        yield Static(_row(row), classes="level-row", markup=False)


def _standing(level: LevelRow, earned: int) -> str:
    if not level.total:
        return "no exercise of this course counts for it"
    passed = f"{level.passed} of {level.total} passed"
    if level.number <= earned:
        return f"{passed}: earned"
    if level.passed == level.total:
        return f"{passed}; earned together with the level below"
    return passed


def _row(row: ExerciseRow) -> str:
    return f"{row.exercise.name:<28}{row.standing.words()}"
