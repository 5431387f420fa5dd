"""Which course and which workspace: the two options that every command takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tutor.session import Session

AnyCallable = TypeVar("AnyCallable", bound=Callable[..., Any])


class Places:
    """The directories given on the command line; None means the default."""

    def __init__(self) -> None:
        self.workspace: Path | None = None
        self.course: Path | None = None


def with_places(function: AnyCallable) -> AnyCallable:
    """Add `--workspace` and `--course`; given twice, the later one counts."""
    for name, text in (
        ("course", "The course to work on, instead of the one that comes along."),
        ("workspace", "Your folder, instead of the default one."),
    ):
        function = click.option(
            f"--{name}",
            metavar="DIR",
            type=click.Path(path_type=Path),
            callback=_remember,
            expose_value=False,
            help=text,
        )(function)
    return function


def _remember(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    # One `Places` for the whole command line: a subcommand inherits the group's object.
    places = context.ensure_object(Places)
    if value is not None:
        assert option.name is not None
        setattr(places, option.name, value.expanduser())


@contextmanager
def open_session() -> Iterator[Session]:
    """The session on the course and the workspace of the running command; closed afterwards."""
    from tutor.session import Session

    session = Session(find_course(), find_workspace())
    try:
        yield session
    finally:
        session.close()
