"""What learner code reports is drawn while it runs, and stays beside the verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import FakeChecker, Running, exercise_screen, on_screen, screen_text, until
from test_tui_checks import NARROW, WIDE, WRONG, opened, showing

Learner = Callable[[str, str], Path]
FALLING = "REPORTS 4 3 2 1 0.5 0.25 0.75\n"


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 24)])
async def test_a_curve_is_drawn_while_the_check_runs_and_stays(
    running: Running, learner: Learner, checker: FakeChecker, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", f"PASS SLOW {FALLING}")
        await until(pilot, on_screen(pilot, "first 4   last 0.75"))
        text = screen_text(pilot.app)
        assert "checking ..." in text
        assert "loss, one row   7 values" in text
        assert "█" in text
        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))
        await until(pilot, on_screen(pilot, "lowest 0.25"))
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "turned round"))
        assert "loss" not in screen_text(pilot.app)


async def test_what_is_no_number_breaks_nothing(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW REPORTS nan inf nan\n")
        await until(pilot, on_screen(pilot, "first nan   last nan   lowest nan"))
        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))


async def test_the_old_curve_is_gone_when_a_new_check_begins(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", f"PASS {FALLING}")
        await until(pilot, showing(pilot, "first 4"))
        learner("alpha", "PASS SLOW")
        await until(pilot, on_screen(pilot, "checking ..."))
        assert "first 4" not in screen_text(pilot.app)


async def test_values_come_to_the_screen_a_few_times_a_second(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        screen = exercise_screen(pilot.app)  # type: ignore[arg-type]
        shown: list[int] = []
        screen.watch(screen, "state", lambda s: shown.append(sum(c.count for c in s.curves)))
        learner("alpha", "PASS SLOW REPORTS " + "1 " * 5000 + "\n")
        await until(pilot, on_screen(pilot, "5000 values"))
        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))
        assert len(shown) < 12
        assert shown[-1] == 5000
