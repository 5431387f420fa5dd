"""`bp-tutor author check`: for those who write courses."""

from __future__ import annotations

import click

from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import find_course
from tutor.errors import EXIT_BROKEN, EXIT_PASSED
from tutor.report import count


@subcommand(
    "author",
    examples=[
        ("bp-tutor author check", "try everything in the course that comes along"),
        ("bp-tutor author check --course DIR", "and in this one"),
    ],
)
@click.argument("what", type=click.Choice(["check"]))
def command(what: str) -> int:  # noqa: ARG001 - there is one thing to do yet
    """Try everything in a course, for those who write one.

    What is wrong is told with file and line. References must pass, and agree with numerical
    slopes and with what was recorded from PyTorch; stubs must fail; every misconception must be
    rejected by a case and be diagnosed as itself and nothing else; links, hints and names must
    lead somewhere.
    """
    from tutor.author.check import problems  # numpy

    paper = Paper.of_stdout()
    course = find_course()
    tried: list[str] = []
    found = 0
    for problem in problems(course, tried.append):
        found += 1
        where = problem.where()
        say(paper.wrapped(f"{where}: {problem.message}" if where else problem.message))
        say(paper.wrapped(problem.hint, 2))
    lessons, exercises = count(len(course.lessons), "lesson"), count(len(tried), "exercise")
    told = f"{count(found, 'problem')} found" if found else "all is well"
    say(f"{lessons} read, {exercises} tried: {told}.")
    return EXIT_BROKEN if found else EXIT_PASSED
