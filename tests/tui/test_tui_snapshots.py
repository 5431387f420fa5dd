"""What a person must see, as pictures: few, on a frozen clock and at fixed sizes."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from small_course import FakeTicket, on_screen, until, verdict_for
from test_tui_checks import WRONG, showing
from textual.pilot import Pilot

from tutor.session import Session
from tutor.tui.app import TutorApp
from tutor.tui.widgets.lesson_end import LessonEnd

SnapCompare = Callable[..., bool]
NOON = 1_763_726_400.0


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same colours, time zone and home folder everywhere."""
    for name, value in {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def app(session: Session) -> TutorApp:
    """A learner who has read and passed something, and has a wrong version of the next."""
    session.prepare()
    session.mark_read("hello")
    session.store.record_attempt(b"PASS", verdict_for("alpha", b"PASS"), at=NOON)
    session.path("beta").write_text(WRONG)
    session.store.record_attempt(WRONG.encode(), verdict_for("beta", WRONG.encode()), at=NOON)
    os.utime(session.path("beta"), (NOON, NOON))
    return TutorApp(session, new_ticket=FakeTicket)


async def ready(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: pilot.app.is_watching)  # type: ignore[attr-defined]
    await pilot.pause(0.1)


def opening(kind: str, name: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def before(pilot: Pilot[None]) -> None:
        await ready(pilot)
        pilot.app.open(kind, name)  # type: ignore[attr-defined]
        if kind == "lesson":
            await until(pilot, lambda: pilot.app.screen.query(LessonEnd))
        else:
            await until(pilot, showing(pilot, name))
        await pilot.pause(0.1)

    return before


def test_map(snap_compare: SnapCompare, app: TutorApp) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=ready)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_lesson(
    snap_compare: SnapCompare, app: TutorApp, session: Session, size: tuple[int, int]
) -> None:
    session.answer("hello", session.lesson("hello").checkpoints[0].id, "3 5")
    assert snap_compare(app, terminal_size=size, run_before=opening("lesson", "hello"))


def test_exercise_in_two_halves(snap_compare: SnapCompare, app: TutorApp) -> None:
    assert snap_compare(app, terminal_size=(120, 36), run_before=opening("exercise", "beta"))


def test_verdict_at_80_columns(snap_compare: SnapCompare, app: TutorApp) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await opening("exercise", "beta")(pilot)
        await pilot.press("3")

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_progress(snap_compare: SnapCompare, app: TutorApp) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await ready(pilot)
        await pilot.press("p")

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_a_curve_while_a_check_runs(
    snap_compare: SnapCompare, app: TutorApp, session: Session
) -> None:
    falling = " ".join(f"{2.3 * 0.9**n:.4f}" for n in range(40))

    async def before(pilot: Pilot[None]) -> None:
        await opening("exercise", "beta")(pilot)
        session.path("beta").write_text(f"SLOW REPORTS {falling}\n")
        os.utime(session.path("beta"), (NOON, NOON))
        await until(pilot, on_screen(pilot, "40 values"))

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
