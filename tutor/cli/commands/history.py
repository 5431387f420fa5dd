"""`bp-tutor history`: the kept versions of an exercise file."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import open_session, shown_path, tell_state
from tutor.errors import EXIT_PASSED, UsageError
from tutor.report import outcome_words
from tutor.workspace.files import sha256_of

if TYPE_CHECKING:
    from tutor.progress.records import Version
    from tutor.session import Session

_KEPT = {"reset": "before a reset", "restore": "before a restore", "draft": "never checked"}


@subcommand(
    "history",
    examples=[
        ("bp-tutor history NAME", "every version, oldest first"),
        ("bp-tutor history NAME --show 12", "print version 12"),
        ("bp-tutor history NAME --restore 12", "bring version 12 back"),
    ],
)
@exercise_argument()
@click.option("--show", metavar="N", type=int, help="Print version N.")
@click.option("--restore", metavar="N", type=int, help="Put version N into your file.")
def command(name: str, show: int | None, restore: int | None) -> int:
    """List the kept versions of an exercise.

    Every check keeps the version that it judged, and reset and restore keep what they replace.
    """
    if show is not None and restore is not None:
        raise click.UsageError("--show prints and --restore writes: choose one.")
    with open_session() as session:
        name = session.exercise(name).name
        if show is not None:
            source = session.version_source(_find(session, name, show))
            click.echo(source, nl=False, file=sys.stdout)
        elif restore is not None:
            _restore(session, name, restore)
        else:
            tell_state(session)
            say(_table(session, name, Paper.of_stdout()))
    return EXIT_PASSED


def _restore(session: Session, name: str, number: int) -> None:
    session.restore(name, number)
    say(f"{shown_path(session.path(name))} is version {number} again; what it held is kept too.")


def _find(session: Session, name: str, number: int) -> Version:
    for version in session.history(name):
        if version.id == number:
            return version
    raise UsageError(
        f"{name} has no version {number}.", hint=f"bp-tutor history {name} lists them."
    )


def _table(session: Session, name: str, paper: Paper) -> list[str]:
    versions = session.history(name)
    if not versions:
        return [f"No version of {name} is kept yet. Every check keeps one."]
    stub, present = sha256_of(session.course.stub(name)), session.current_sha256(name)
    lines = [paper.style(f"{'number':>6}  {'when':19}  {'outcome':16}  hash", bold=True)]
    for version in versions:
        outcome = "the stub" if version.sha256 == stub else _outcome(version)
        mark = "  your file now" if version.sha256 == present else ""
        lines.append(
            f"{version.id:>6}  {_local(version.at)}  {outcome:16}  {version.sha256[:8]}{mark}"
        )
    return lines


def _outcome(version: Version) -> str:
    if version.verdict is not None:
        return outcome_words(version.verdict)
    return _KEPT.get(version.kind, version.kind)


def _local(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
