"""What many tests need: the course, a session in a fresh workspace, learner files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.course.loader import Course
from tutor.session import Session
from tutor.workspace.files import Workspace

# What goes wrong in naming a cause is told here, not passed over as it is for learners.
os.environ["BP_TUTOR_DEBUG"] = "1"


@pytest.fixture(scope="session")
def course() -> Course:
    """The course that ships with the tutor."""
    return Course.load(Course.locate(None))


@pytest.fixture
def session(course: Course, tmp_path: Path) -> Iterator[Session]:
    """A session in a workspace of its own, whose path holds a space."""
    opened = Session(course, Workspace.locate(tmp_path / "my work", {}))
    yield opened
    opened.close()
