"""`bp-tutor lesson`: read a lesson, and answer its checkpoints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, get_args

import click

from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, is_terminal, say, warn
from tutor.cli.places import open_session
from tutor.errors import EXIT_NOT_PASSED, EXIT_PASSED, UsageError
from tutor.progress.records import Mark

if TYPE_CHECKING:
    from tutor.session import Session
    from tutor.spec import Checkpoint, Lesson

MARKS: tuple[Mark, ...] = get_args(Mark)


@subcommand(
    "lesson",
    examples=[
        ("bp-tutor lesson NAME", "read the lesson"),
        ('bp-tutor lesson NAME --answer 1 "3 5"', "answer its checkpoint 1"),
        ("bp-tutor lesson NAME --dont-know 2", "see our answer to checkpoint 2"),
        ("bp-tutor lesson NAME --mark 3 partly", "mark your own answer"),
    ],
)
@click.argument("name", metavar="NAME")
@click.option(
    "--answer", type=(int, str), metavar="N TEXT", help="Answer checkpoint N, then see ours."
)
@click.option("--dont-know", type=int, metavar="N", help="See our answer without giving one.")
@click.option(
    "--mark",
    type=(int, click.Choice(MARKS)),
    metavar="N MARK",
    help="Mark your answer to checkpoint N: right, partly or wrong.",
)
def command(
    name: str, answer: tuple[int, str] | None, dont_know: int | None, mark: tuple[int, Mark] | None
) -> int:
    """Read a lesson; answer its checkpoints.

    Our answer to a checkpoint is hidden until you have given yours. Answers in numbers are
    marked for you; the others you mark yourself.
    """
    if sum(option is not None for option in (answer, dont_know, mark)) > 1:
        raise click.UsageError("--answer, --dont-know and --mark: one at a time.")
    with open_session() as session:
        lesson = session.lesson(name)
        if answer is not None:
            return _commit(session, lesson, answer[0], answer[1])
        if dont_know is not None:
            return _commit(session, lesson, dont_know, None)
        if mark is not None:
            return _mark(session, lesson, *mark)
        return _print(session, lesson)


def _print(session: Session, lesson: Lesson) -> int:
    from tutor.cli.lesson_text import lesson_lines

    lines = lesson_lines(lesson, session.answers(lesson.name), Paper.of_stdout())
    entry = next(each for each in session.course.lessons if each.name == lesson.name)
    if entry.exercises:
        lines += ["", *(f"bp-tutor edit {name}" for name in entry.exercises)]
    say(lines)
    if not lesson.checkpoints:  # with none to answer, to print it is all that can be done
        session.mark_read(lesson.name)
    return EXIT_PASSED


def _commit(session: Session, lesson: Lesson, number: int, text: str | None) -> int:
    checkpoint = _checkpoint(lesson, number)
    if checkpoint.id in session.answers(lesson.name):
        warn(f"Checkpoint {number} is answered already; the first answer stands.")
        _show(session, lesson, checkpoint)
        return EXIT_NOT_PASSED
    given = session.answer(lesson.name, checkpoint.id, text)
    if {c.id for c in lesson.checkpoints} <= set(session.answers(lesson.name)):
        session.mark_read(lesson.name)
    _show(session, lesson, checkpoint)
    if given.mark is None and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        chosen = click.prompt("Your mark", type=click.Choice(MARKS))
        session.mark_answer(lesson.name, checkpoint.id, chosen)
    return EXIT_PASSED


def _mark(session: Session, lesson: Lesson, number: int, mark: Mark) -> int:
    checkpoint = _checkpoint(lesson, number)
    if checkpoint.id not in session.answers(lesson.name):
        raise UsageError(
            f"Checkpoint {number} has no answer of yours to mark.",
            hint=f'bp-tutor lesson {lesson.name} --answer {number} "..."',
        )
    if checkpoint.expected is not None:
        raise UsageError(f"Checkpoint {number} is answered in numbers; its mark is given.")
    session.mark_answer(lesson.name, checkpoint.id, mark)
    say(f"Checkpoint {number}: {mark}.")
    return EXIT_PASSED


def _checkpoint(lesson: Lesson, number: int) -> Checkpoint:
    for checkpoint in lesson.checkpoints:
        if checkpoint.number == number:
            return checkpoint
    count = len(lesson.checkpoints)
    raise UsageError(f"{lesson.name} has no checkpoint {number}; it has {count}.")


def _show(session: Session, lesson: Lesson, checkpoint: Checkpoint) -> None:
    from tutor.cli.lesson_text import answer_lines

    answer = session.answers(lesson.name)[checkpoint.id]
    say(answer_lines(lesson.name, checkpoint, answer, Paper.of_stdout()))
