"""Kept versions: look at them, bring one back, start over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from small_course import COURSE, Running, on_screen, screen_text, until
from test_tui_checks import WRONG, opened, showing

from tutor.session import Session
from tutor.tui.screens.choice import ChoiceScreen
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.history import HistoryScreen
from tutor.tui.screens.source import SourceScreen

Learner = Callable[[str, str], Path]


async def test_nothing_is_kept_yet(running: Running) -> None:
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("d")
        await until(pilot, on_screen(pilot, "Nothing is kept yet."))
        await pilot.press("r", "j", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


async def test_a_version_is_shown_and_brought_back(
    running: Running, session: Session, learner: Learner
) -> None:
    async with running() as pilot:
        await opened(pilot)
        learner("alpha", "PASS  # good\n")
        await until(pilot, showing(pilot, "PASSED"))
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen))
        text = screen_text(pilot.app)
        assert "wrong   your file now" in text
        assert text.index("wrong") < text.index("passed")
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        await until(pilot, on_screen(pilot, "PASS  # good"))
        await pilot.press("escape", "r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        await until(pilot, on_screen(pilot, "is your file again. What was there is kept."))
        await until(pilot, showing(pilot, "PASSED"))
        assert session.path("alpha").read_text() == "PASS  # good\n"


async def test_starting_over_asks_and_keeps_the_file(
    running: Running, session: Session, learner: Learner
) -> None:
    async with running() as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        assert session.path("alpha").read_text() == WRONG
        await pilot.press("x", "down", "enter")
        await until(pilot, on_screen(pilot, "The first version is back."))
        assert session.path("alpha").read_text() == COURSE["exercises/alpha.py"]
        assert any(version.kind == "reset" for version in session.history("alpha"))
        await until(pilot, showing(pilot, "NOT STARTED"))


async def test_a_fault_is_called_by_its_name(running: Running, learner: Learner) -> None:
    async with running() as pilot:
        await opened(pilot)
        learner("alpha", "CRASH")
        await until(pilot, showing(pilot, "CRASHED"))
        await pilot.press("d")
        await until(pilot, on_screen(pilot, "crashed   your file now"))
