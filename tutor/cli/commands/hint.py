"""`bp-tutor hint`: open the next hint, or read the open ones again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import open_session
from tutor.errors import EXIT_NOT_PASSED, EXIT_PASSED

if TYPE_CHECKING:
    from tutor.session import Session
    from tutor.spec import Hint


@subcommand(
    "hint",
    examples=[
        ("bp-tutor hint NAME", "open the next hint"),
        ("bp-tutor hint NAME --anyway", "open it before it is due"),
        ("bp-tutor hint NAME --all", "read again what is open"),
    ],
)
@exercise_argument()
@click.option("--anyway", is_flag=True, help="Open the next hint even if it is not due yet.")
@click.option("--all", "again", is_flag=True, help="Print the hints that are already open.")
def command(name: str, anyway: bool, again: bool) -> int:
    """Open the next hint of an exercise.

    A hint is due when you have tried something since the last one. You never have to wait for
    it: --anyway opens it at once.
    """
    if anyway and again:
        raise click.UsageError("--anyway opens a hint and --all opens none: choose one.")
    with open_session() as session:
        return _again(session, name) if again else _next(session, name, anyway)


def _next(session: Session, name: str, anyway: bool) -> int:
    name = session.exercise(name).name
    taken = session.take_hint(name, anyway=anyway)
    if taken is not None:
        total = session.ladder(name).total
        say([*_hint(taken, total, Paper.of_stdout()), "", *_gates(session, name)])
        return EXIT_PASSED
    say(_gates(session, name))
    ladder = session.ladder(name)
    if len(ladder.shown) == ladder.total:
        return EXIT_PASSED
    say(f"To see it at once: bp-tutor hint {name} --anyway")
    return EXIT_NOT_PASSED


def _again(session: Session, name: str) -> int:
    name = session.exercise(name).name
    ladder = session.ladder(name)
    for hint in ladder.shown:
        say([*_hint(hint, ladder.total, Paper.of_stdout()), ""])
    say(_gates(session, name))
    return EXIT_PASSED


def _hint(hint: Hint, total: int, paper: Paper) -> list[str]:
    from tutor.cli.markdown import markdown_lines

    title = paper.style(f"Hint {hint.number} of {total}: {hint.title}", bold=True)
    return [title, "", *markdown_lines(hint.text, paper)]


def _gates(session: Session, name: str) -> list[str]:
    """What opens the next hint and, once there are no more hints, the solution."""
    ladder = session.ladder(name)
    if len(ladder.shown) < ladder.total:
        return [ladder.next_hint.says]
    return [
        f"{ladder.next_hint.says} To read them again: bp-tutor hint {name} --all",
        f"{ladder.solution.says} bp-tutor solution {name}",
    ]
