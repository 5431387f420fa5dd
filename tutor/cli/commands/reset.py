"""`bp-tutor reset`: start an exercise over; nothing is lost."""

from __future__ import annotations

import sys

import click

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import is_terminal, say
from tutor.cli.places import open_session
from tutor.errors import EXIT_NOT_PASSED, EXIT_PASSED


@subcommand(
    "reset",
    examples=[
        ("bp-tutor reset NAME", "asks first, when it can"),
        ("bp-tutor reset NAME --yes", "does not ask"),
    ],
)
@exercise_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(name: str, yes: bool) -> int:
    """Put the untouched exercise back; your version is kept.

    Without a terminal nobody can be asked, and because a copy is kept, nobody has to be.
    """
    with open_session() as session:
        name = session.exercise(name).name
        if not (yes or _agreed(name)):
            say("Nothing was changed.")
            return EXIT_NOT_PASSED
        kept = session.reset(name)
        say(f"{name} is as it was at the start.")
        if kept is not None:
            say(
                f"Your version is kept as number {kept.id}. To bring it back:\n"
                f"  bp-tutor history {name} --restore {kept.id}"
            )
    return EXIT_PASSED


def _agreed(name: str) -> bool:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return True
    return click.confirm(f"Start {name} over? Your version is kept in its history.")
