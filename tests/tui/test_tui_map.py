"""The map: where the cursor stands, what Enter does, and the search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_course import Running, keys_told, on_screen, screen_text, title, until, verdict_for

from tutor.session import Session
from tutor.tui.app import TutorApp
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.map import MapScreen
from tutor.tui.widgets.course_map import CourseMap


def pointed(app: TutorApp) -> str:
    stop = app.screen.query_one(CourseMap).pointed
    return stop.id if stop else ""


async def test_a_beginner_sees_the_course_and_what_enter_does(running: Running) -> None:
    async with running(size=(80, 24)) as pilot:
        text = screen_text(pilot.app)
        assert "A small course" in text
        assert "level 0 of 4   0/3 passed" in text
        assert "Enter   read: Hello" in text
        assert "not started" in text
        assert pointed(pilot.app) == "lesson:hello"


async def test_the_cursor_is_marked_by_more_than_colour(running: Running) -> None:
    async with running() as pilot:
        lines = screen_text(pilot.app).splitlines()
        assert [line for line in lines if line.lstrip().startswith(">")] == [
            line for line in lines if "Hello" in line and "next" in line
        ]


async def test_progress_of_earlier_days_is_there_at_once(
    running: Running, session: Session
) -> None:
    session.mark_read("hello")
    session.store.record_attempt(b"PASS", verdict_for("alpha", b"PASS"), at=1.0)
    session.store.record_attempt(b"no", verdict_for("beta", b"no"), at=2.0)
    async with running(ready=False) as pilot:
        text = screen_text(pilot.app)
        assert "level 1 of 4   1/3 passed" in text
        rows = {line.split()[0]: line.split(maxsplit=1)[1] for line in text.splitlines() if line}
        assert rows["alpha"].strip() == "passed"
        assert rows["beta"].strip() == "1 attempt"
        assert rows["Hello"].strip() == "read"
        assert pointed(pilot.app) == "lesson:numbers"


async def test_enter_opens_lessons_and_exercises(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LessonScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))
        await until(pilot, lambda: pointed(pilot.app) == "exercise:alpha")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        await until(pilot, lambda: title(pilot.app).startswith("alpha | level 1"))


async def test_enter_before_the_workspace_stands_is_not_lost(running: Running) -> None:
    async with running(ready=False) as pilot:
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


async def test_the_enter_line_follows_the_cursor(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("down")
        await until(pilot, on_screen(pilot, "Enter   start alpha"))
        await pilot.press("end", "up")
        assert "Enter   start beta (it builds on alpha)" not in screen_text(pilot.app)
        await until(pilot, on_screen(pilot, "Enter   open beta (it builds on alpha)"))
        await pilot.press("home")
        await until(pilot, on_screen(pilot, "Enter   read: Hello"))


async def test_search_narrows_and_escape_shows_all(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("slash", *"gam")
        text = screen_text(pilot.app)
        assert "gamma" in text
        assert "alpha" not in text
        await until(pilot, lambda: keys_told(pilot.app) == "Enter:open Esc:show all")
        await pilot.press("escape")
        await until(pilot, on_screen(pilot, "alpha"))
        await until(pilot, lambda: keys_told(pilot.app).startswith("/:search"))


async def test_search_opens_what_it_found(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("slash", *"second", "down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        await until(pilot, lambda: title(pilot.app).startswith("beta"))
        await pilot.press("b")
        await until(pilot, on_screen(pilot, "alpha"))
        assert not pilot.app.screen.query_one("#search").display


async def test_search_without_a_match_says_so(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("slash", *"zebra", "enter")
        await until(pilot, on_screen(pilot, "Nothing here matches. Esc shows all."))
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))


async def test_the_cursor_moves_on_when_something_was_finished(
    running: Running, learner: Callable[[str, str], object]
) -> None:
    async with running() as pilot:
        learner("alpha", "PASS")
        await until(pilot, on_screen(pilot, "1/3 passed"))
        assert pointed(pilot.app) == "lesson:numbers"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (200, 50)])
async def test_it_fits(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as pilot:
        text = screen_text(pilot.app)
        assert "Hello" in text
        assert "? help" in text
        assert "Enter   read: Hello" in text


async def test_it_can_be_resized(running: Running) -> None:
    async with running(size=(120, 36)) as pilot:
        for size in ((40, 12), (20, 5), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await until(pilot, on_screen(pilot, "Enter   read: Hello"))
