"""An app on a small course with a fake checker; nothing outside is patched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from small_course import FakeChecker, FakeTicket, Running, until, write_course
from textual.pilot import Pilot

from tutor.course.loader import Course
from tutor.session import Session
from tutor.tui.app import TutorApp
from tutor.workspace.files import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def checker() -> FakeChecker:
    return FakeChecker()


@pytest.fixture
def session(root: Path, tmp_path: Path, checker: FakeChecker) -> Iterator[Session]:
    opened = Session(Course.load(root), Workspace(tmp_path / "work"), checker=checker)
    yield opened
    opened.close()


@pytest.fixture
def running(session: Session) -> Running:
    """Run the app: `async with running() as pilot`, ready to work with."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (120, 36), ready: bool = True
    ) -> AsyncIterator[Pilot[None]]:
        app = TutorApp(session, new_ticket=FakeTicket)
        async with app.run_test(size=size, notifications=True) as pilot:
            if ready:
                await until(pilot, lambda: app.is_watching)
            yield pilot

    return run


@pytest.fixture
def learner(session: Session) -> Callable[[str, str], Path]:
    """Write a learner's file as an editor elsewhere would."""

    def write(exercise: str, source: str) -> Path:
        path = session.path(exercise)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
        return path

    return write
