"""The hint ladder and the solution: what is locked says what opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import Running, on_screen, screen_text, until
from test_tui_checks import opened, showing

from tutor.progress.rules import Status
from tutor.session import Session
from tutor.tui.screens.choice import ChoiceScreen
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.reading import ReadingScreen
from tutor.tui.screens.source import SourceScreen

Learner = Callable[[str, str], Path]
SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)])


@SIZES
async def test_a_locked_hint_says_what_opens_it_and_gives_in_the_second_time(
    running: Running, session: Session, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "more to see it now anyway."))
        assert "Look at the shapes." not in screen_text(pilot.app)
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Look at the shapes."))
        await until(pilot, on_screen(pilot, "Hint 1 of 3: a nudge"))
        (taken,) = session.store.hints("alpha")
        assert taken.anyway


@SIZES
async def test_after_a_failed_attempt_the_first_hint_is_open(
    running: Running, session: Session, learner: Learner, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", "PLAIN")
        await until(pilot, showing(pilot, "WRONG"))
        await until(pilot, lambda: pilot.app.screen.ladder.next_hint.open)  # type: ignore[attr-defined]
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Look at the shapes."))
        (taken,) = session.store.hints("alpha")
        assert not taken.anyway


async def test_the_next_hint_is_locked_again(running: Running, learner: Learner) -> None:
    learner("alpha", "PLAIN")
    async with running() as pilot:
        await opened(pilot)
        await until(pilot, showing(pilot, "WRONG"))
        await until(pilot, lambda: pilot.app.screen.ladder.next_hint.open)  # type: ignore[attr-defined]
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Look at the shapes."))
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Hint 2 of 3 opens"))
        assert "Twice is a product." not in screen_text(pilot.app)


async def test_hints_taken_earlier_are_there(running: Running, session: Session) -> None:
    session.take_hint("alpha", anyway=True)
    async with running() as pilot:
        await opened(pilot)
        await until(pilot, on_screen(pilot, "Look at the shapes."))


async def test_all_hints_open_says_so(running: Running, session: Session) -> None:
    for _ in range(3):
        session.take_hint("alpha", anyway=True)
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "All hints are open."))


async def test_the_solution_is_locked_until_the_last_hint(running: Running) -> None:
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("s")
        await until(pilot, on_screen(pilot, "The solution opens when you pass"))


async def test_the_first_look_at_the_solution_is_asked_about(
    running: Running, session: Session
) -> None:
    for _ in range(3):
        session.take_hint("alpha", anyway=True)
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        assert session.standing("alpha").status is not Status.REVEALED
        await pilot.press("s")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        await until(pilot, on_screen(pilot, "return 2 * x"))
        assert session.standing("alpha").status is Status.REVEALED
        await pilot.press("escape", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))


async def test_after_a_pass_the_solution_is_open_without_a_question(
    running: Running, learner: Learner
) -> None:
    async with running() as pilot:
        await opened(pilot)
        learner("alpha", "PASS")
        await until(pilot, showing(pilot, "PASSED"))
        await until(pilot, lambda: pilot.app.screen.ladder.solution.open)  # type: ignore[attr-defined]
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))


async def test_l_goes_to_the_lesson_and_back(running: Running) -> None:
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("l", "l")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await until(pilot, on_screen(pilot, "A first paragraph"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
