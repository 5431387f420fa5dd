"""Which course and which workspace: the two options that every command takes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.paper import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.course.loader import Course
    from tutor.session import Session
    from tutor.workspace.files import Workspace


class Places:
    """The directories given on the command line; None means the default."""

    def __init__(self) -> None:
        self.workspace: Path | None = None
        self.course: Path | None = None


def place_options() -> list[click.Parameter]:
    """`--course` and `--workspace`; given twice, before and after a command, the later counts."""
    told = {
        "course": "The course to work on, instead of the one that comes along.",
        "workspace": "Your folder, instead of the usual one.",
    }
    return [
        click.Option(
            [f"--{name}"],
            metavar="DIR",
            type=click.Path(path_type=Path),
            callback=_remember,
            expose_value=False,
            help=help_text,
        )
        for name, help_text in told.items()
    ]


def _remember(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    # One `Places` for the whole command line: a subcommand inherits the group's object.
    places = context.ensure_object(Places)
    if value is not None:
        assert option.name is not None
        setattr(places, option.name, value)


def find_course() -> Course:
    """The course of the running command."""
    from tutor.course.loader import Course

    return Course.load(Course.locate(_places().course))


def find_workspace() -> Workspace:
    """The workspace of the running command, whether it exists or not."""
    from tutor.workspace.files import Workspace

    return Workspace.locate(_places().workspace, os.environ)


def _places() -> Places:
    return click.get_current_context().ensure_object(Places)


@contextmanager
def open_session() -> Iterator[Session]:
    """The session on the course and the workspace of the running command; closed afterwards.

    What the learner should know about them comes last, on standard error.
    """
    from tutor.session import Session

    session = Session(find_course(), find_workspace())
    try:
        yield session
        for notice in session.notices:
            warn(notice)
    finally:
        session.close()


def tell_state(session: Session) -> None:
    """What is wrong with the learner's state, for commands that look at it and change nothing."""
    if session.store.notice:
        warn(session.store.notice)


def shown_path(path: Path) -> str:
    """A path as a person would write it: below the home folder with `~`."""
    try:
        return str("~" / path.absolute().relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
