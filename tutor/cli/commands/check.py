"""`bp-tutor check`: judge one file, or all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import json

from tutor.cli.choice import current_exercise, what_next
from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import Paper, say, say_json, warn
from tutor.cli.places import open_session, shown_path
from tutor.cli.report_line import ReportLine
from tutor.cli.verdict_text import cause_lines, diagnosis_lines, finding_lines, row
from tutor.errors import EXIT_NOT_PASSED, EXIT_PASSED
from tutor.itinerary import upcoming
from tutor.report import report

if TYPE_CHECKING:
    from tutor.session import Session
    from tutor.verdict import Verdict


@subcommand(
    "check",
    examples=[
        ("bp-tutor check", "the exercise you changed last"),
        ("bp-tutor check NAME", "this exercise"),
        ("bp-tutor check --all", "every exercise, as a table"),
        ("bp-tutor check NAME --file try.py", "any file; your progress is not touched"),
        ("bp-tutor check NAME --json", "the verdict for programs"),
    ],
)
@exercise_argument(required=False)
@click.option("--all", "every", is_flag=True, help="Check every exercise.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Judge this file instead of yours, and remember nothing.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def command(name: str | None, every: bool, file: Path | None, as_json: bool) -> int:
    """Check an exercise: what is right, what is wrong, and why.

    Without NAME: the exercise whose file you changed last and have not passed yet.
    """
    if every and (name or file):
        raise click.UsageError("--all stands alone: it takes no NAME and no --file.")
    if file and not name:
        raise click.UsageError("--file needs the NAME of the exercise to judge it against.")
    with open_session() as session:
        if every:
            return _check_all(session, as_json)
        name = session.exercise(name).name if name else _choose(session)
        if as_json:
            verdict = session.judge(name, file) if file else session.check(name)
            say_json(json.encode(session.look_further(verdict, keep=file is None)))
        else:
            verdict = _check(session, name, file)
            _tell(session, verdict, file)
    return EXIT_PASSED if verdict.passed else EXIT_NOT_PASSED


def _choose(session: Session) -> str:
    name = current_exercise(session)
    # On standard error, so that --json prints the verdict and nothing else.
    warn(f"Checking {name}.")
    return name


def _check(session: Session, name: str, file: Path | None) -> Verdict:
    """Check, and show on a terminal what learner code reports while it runs."""
    from tutor.checking.checker import Cancellation  # numpy

    line = ReportLine.on_stdout()
    ticket = Cancellation(line.hear)
    try:
        return session.judge(name, file, ticket) if file else session.check(name, ticket)
    finally:
        line.close()


def _tell(session: Session, verdict: Verdict, file: Path | None) -> None:
    """What is known, then what a search finds, then the findings that these are the causes of."""
    path = file or session.path(verdict.exercise)
    paper = Paper.of_stdout()
    known = report(verdict)
    lines = cause_lines(known, paper)
    say(lines)
    sys.stdout.flush()
    told = report(session.look_further(verdict, keep=file is None))
    lines += (late := diagnosis_lines(told.diagnoses[len(known.diagnoses) :], paper))
    if below := [*late, *finding_lines(told, paper, shown_path(path), above=len(lines))]:
        say(below)
    if file is None:
        say(["", *_what_next(session, verdict)])


def _what_next(session: Session, verdict: Verdict) -> list[str]:
    if verdict.passed:
        overview = session.overview()
        return [what_next(overview, upcoming(overview))]
    if any(finding.kind == "unchanged" for finding in verdict.findings):
        return [f"To begin: bp-tutor edit {verdict.exercise}"]
    ladder = session.ladder(verdict.exercise)
    lines = [ladder.next_hint.says]
    if ladder.next_hint.open:
        lines[0] += f"   bp-tutor hint {verdict.exercise}"
    elif ladder.solution.open:
        lines.append(f"{ladder.solution.says}   bp-tutor solution {verdict.exercise}")
    return lines


def _check_all(session: Session, as_json: bool) -> int:
    """Check one after the other; text appears as it comes, JSON as one array."""
    names = list(session.course.exercises)
    paper = Paper.of_stdout()
    width = max(map(len, names), default=0)
    verdicts: list[Verdict] = []
    session.checker.warm()
    for name in names:
        verdict = session.check(name)
        verdicts.append(verdict)
        if not as_json:
            say(row(report(verdict), width, paper))
    passed = sum(verdict.passed for verdict in verdicts)
    if as_json:
        say_json(json.encode(verdicts))
    else:
        say(["", f"{passed} of {len(names)} passed"])
    return EXIT_PASSED if passed == len(names) else EXIT_NOT_PASSED
