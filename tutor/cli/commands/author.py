"""`bp-tutor author`: for those who write courses."""

from __future__ import annotations

import click

from tutor.cli.command import CONTEXT, subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import find_course
from tutor.errors import EXIT_BROKEN, EXIT_PASSED
from tutor.report import count


@click.group("author", context_settings=CONTEXT)
def command() -> None:
    """Write a course: see that it holds together."""


@subcommand(
    "check",
    examples=[
        ("bp-tutor author check", "the course that comes along"),
        ("bp-tutor author check --course DIR", "this course"),
    ],
)
def check() -> int:
    """Try everything in a course, and say what is wrong with file and line.

    References must pass, agree with numerical slopes and with what was recorded from PyTorch;
    stubs must fail; every misconception must be rejected by a case and be diagnosed as itself and
    nothing else; links, hints and names must lead somewhere.
    """
    from tutor.author.check import problems

    paper = Paper.of_stdout()
    course = find_course()
    tried: list[str] = []
    found = 0
    for problem in problems(course, tried.append):
        found += 1
        where = problem.where()
        say(paper.wrapped(f"{where}: {problem.message}" if where else problem.message))
        say(paper.wrapped(problem.hint, 2))
    exercises, lessons = count(len(tried), "exercise"), count(len(course.lessons), "lesson")
    told = f"{count(found, 'problem')} found" if found else "all is well"
    say(f"{lessons} read, {exercises} tried: {told}.")
    return EXIT_BROKEN if found else EXIT_PASSED


command.add_command(check)
