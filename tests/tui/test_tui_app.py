"""The app as a whole: notices, problems, help, and every way out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_course import (
    FakeChecker,
    FakeTicket,
    Running,
    on_screen,
    screen_text,
    until,
    verdict_for,
)
from test_tui_checks import opened

from tutor.course.loader import Course
from tutor.errors import WorkspaceError
from tutor.session import Session
from tutor.tui.app import TutorApp, run
from tutor.tui.keys import KEYS, PLACES, told
from tutor.tui.screens.map import MapScreen
from tutor.tui.screens.problem import ProblemScreen
from tutor.tui.screens.progress import ProgressScreen

Learner = Callable[[str, str], Path]


async def test_notices_stay_long_enough_to_be_read(session: Session, root: Path) -> None:
    """A newer stub beside an edited file is such news."""
    session.prepare()
    session.path("alpha").write_text("edited\n")
    session.close()
    stub = root / "exercises" / "alpha.py"
    stub.write_text('"""A newer stub."""\n\n\ndef alpha(x):\n    return x  # TODO\n')
    later = Session(Course.load(root), session.workspace, checker=FakeChecker())  # type: ignore[arg-type]
    app = TutorApp(later, new_ticket=FakeTicket)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: later.notices)
        words = later.notices[0].split()
        await until(pilot, on_screen(pilot, words[0]))
        (notification,) = app._notifications
        assert notification.timeout >= 10 + len(words) / 3
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await until(pilot, on_screen(pilot, words[0]))
    later.close()


async def test_a_warm_worker_waits_after_the_first_paint(
    running: Running, checker: FakeChecker
) -> None:
    async with running() as pilot:
        await until(pilot, checker.warmed.is_set)


async def test_a_workspace_that_cannot_be_made_is_told(session: Session) -> None:
    def refuse() -> None:
        raise WorkspaceError("The disk is full.", hint="Make room.", path=Path("work"))

    session.prepare = refuse  # type: ignore[method-assign]
    app = TutorApp(session, new_ticket=FakeTicket)
    async with app.run_test() as pilot:
        await until(pilot, on_screen(pilot, "The disk is full."))
        text = screen_text(app)
        assert "Make room." in text
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MapScreen))


async def test_a_broken_lesson_is_a_panel_and_the_tutor_goes_on(
    running: Running, root: Path
) -> None:
    (root / "lessons" / "00-hello.md").write_text(
        "# Hello\n\n**Checkpoint.** What?\n\n"
        "<details data-answer='x y'><summary>A</summary>\n\nb\n\n</details>\n"
    )
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, on_screen(pilot, "Esc back"))
        text = screen_text(pilot.app).replace("\n", "").replace(" ", "")
        assert "00-hello.md:5" in text
        assert "notanumber" in text
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))


async def test_a_missing_brief_is_a_panel(running: Running, root: Path) -> None:
    async with running() as pilot:
        (root / "exercises" / "alpha.md").unlink()
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProblemScreen))


async def test_help_comes_from_the_one_table(running: Running) -> None:
    async with running(size=(110, 150)) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await until(pilot, on_screen(pilot, "Back to the map"))
        text = screen_text(pilot.app)
        assert text.index("Exercise") < text.index("Map")
        for place in PLACES:
            if place != "help":
                for key in told(place):
                    assert key.tooltip in text
        await pilot.press("escape")
        await until(pilot, on_screen(pilot, "What to do in alpha."))


def test_every_key_has_a_place_and_every_place_its_keys() -> None:
    used = {each for place in PLACES.values() for each in (*place.line, *place.more)}
    assert used | {"leave"} == set(KEYS)


async def test_every_told_key_does_something(running: Running) -> None:
    """A key with an action has a method behind it on the screen that tells it."""
    async with running() as pilot:
        for place, screen in (("map", pilot.app.screen), ("exercise", None)):
            if screen is None:
                await opened(pilot)
                screen = pilot.app.screen
            for key in told(place):
                name = key.action.partition("(")[0].removeprefix("app.")
                owner: Any = pilot.app if key.action.startswith("app.") else screen
                assert not name or hasattr(owner, f"action_{name}"), key


async def test_progress_shows_the_levels_of_the_course(running: Running, session: Session) -> None:
    session.prepare()
    session.store.record_attempt(b"PASS", verdict_for("alpha", b"PASS"), at=1.0)
    async with running() as pilot:
        await pilot.press("p")
        await until(pilot, on_screen(pilot, "Level 4"))
        text = " ".join(screen_text(pilot.app).split())
        for words in (
            "Level 1 one thing works 1 of 1 passed: earned alpha passed",
            "Level 2 two things work 0 of 1 passed beta not started",
            "Level 3 nothing counts for this no exercise of this course counts for it",
            "level 1 of 4 1/3 passed",
        ):
            assert words in text


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_ways_out(session: Session, key: str) -> None:
    app = TutorApp(session, new_ticket=FakeTicket)
    async with app.run_test() as pilot:
        await pilot.press(key)
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_state_survives_a_restart(running: Running, learner: Learner) -> None:
    async with running() as pilot:
        await opened(pilot)
        learner("alpha", "PASS")
        await until(pilot, on_screen(pilot, "PASSED"))
    async with running(ready=False) as pilot:
        await until(pilot, on_screen(pilot, "1/3 passed"))


def test_an_unexpected_error_reaches_the_caller(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RuntimeError("a bug")

    session.overview = broken  # type: ignore[method-assign, assignment]
    monkeypatch.setattr("tutor.tui.app.TutorApp.run", lambda app: _run_headless(app), raising=True)
    with pytest.raises(RuntimeError, match="a bug"):
        run(session)
    assert "locals" not in capsys.readouterr().err


def _run_headless(app: TutorApp) -> None:
    import asyncio

    asyncio.run(app.run_async(headless=True))


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
async def test_a_terminate_signal_is_a_way_out(session: Session) -> None:
    import signal

    app = TutorApp(session, new_ticket=FakeTicket)
    async with app.run_test() as pilot:
        os.kill(os.getpid(), signal.SIGTERM)
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_the_bottom_line_can_be_clicked(running: Running) -> None:
    async with running(size=(80, 24)) as pilot:
        bottom = screen_text(pilot.app).splitlines()[-1]
        await pilot.click(offset=(bottom.index("progress"), 23))
        await until(pilot, lambda: isinstance(pilot.app.screen, ProgressScreen))
