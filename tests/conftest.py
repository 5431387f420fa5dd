"""What many tests need: the course, a session in a fresh workspace, and the run's four figures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tutor.course.loader import Course
from tutor.session import Session
from tutor.workspace.files import Workspace

# Nothing here is about time, and machines are busy.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

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


# -- the four figures of tests/mistakes, at the end of a run ------------------------------------

FIGURES: pytest.StashKey[Counter[str]] = pytest.StashKey()
HANDED_OVER = "figures"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = Counter()


@pytest.fixture(scope="session")
def counts(pytestconfig: pytest.Config) -> Counter[str]:
    """How many learner files were accepted, rejected and named, of how many."""
    return pytestconfig.stash[FIGURES]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands its figures over ..."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[HANDED_OVER] = dict(session.config.stash[FIGURES])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """... to the one that tells them."""
    node.config.stash[FIGURES].update(getattr(node, "workeroutput", {}).get(HANDED_OVER, {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = terminalreporter.config.stash[FIGURES]
    wrong, correct = counts["wrong"], counts["correct"]
    if not wrong:
        return
    terminalreporter.section("learner files")
    terminalreporter.write_line(f"wrong, and accepted      {counts['accepted']:4} of {wrong}")
    terminalreporter.write_line(f"correct, and rejected    {counts['rejected']:4} of {correct}")
    share = 100 * counts["named"] / wrong
    terminalreporter.write_line(
        f"wrong, and named rightly {counts['named']:4} of {wrong}  {share:.1f} %"
    )
    terminalreporter.write_line(f"named falsely            {counts['false']:4} of {wrong}")
