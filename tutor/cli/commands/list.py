"""`bp-tutor list`: the course as a map, with where the learner stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import open_session, tell_state
from tutor.errors import EXIT_PASSED
from tutor.progress.rules import LEVELS, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.session import ExerciseRow, LessonRow, Overview


@subcommand(
    "list",
    examples=[
        ("bp-tutor list", "units, lessons, exercises, and which one is next"),
        ("bp-tutor list --course DIR", "the same of another course"),
    ],
)
def command() -> int:
    """Show units, lessons and exercises, and where you are."""
    with open_session() as session:
        tell_state(session)
        say(_map(session.overview(), Paper.of_stdout()))
    return EXIT_PASSED


def _map(overview: Overview, paper: Paper) -> Iterator[str]:
    lessons = [row for unit in overview.units for row in unit.lessons]
    exercises = [each for row in lessons for each in row.exercises]
    lesson_width = max((len(row.entry.name) for row in lessons), default=0)
    exercise_width = max((len(each.exercise.name) for each in exercises), default=0)
    yield _headline(overview, paper)
    for number, unit in enumerate(overview.units):
        yield ""
        yield paper.style(f"{number}  {unit.title}", bold=True)
        for row in unit.lessons:
            yield from _lesson(row, lesson_width, exercise_width, paper)
    yield ""
    yield _what_next(overview)


def _headline(overview: Overview, paper: Paper) -> str:
    passed = f"{overview.passed}/{overview.total} passed"
    progress = f"level {overview.level} of {len(LEVELS)}   {passed}"
    space = max(3, min(paper.width, 80) - len(overview.title) - len(progress))
    return paper.style(overview.title, bold=True) + " " * space + progress


def _lesson(row: LessonRow, lesson_width: int, exercise_width: int, paper: Paper) -> Iterator[str]:
    """One line for each exercise; the first one also names the lesson."""
    left = f"{row.entry.name:{lesson_width}}  {'read' if row.read else '':4}"
    if not row.exercises:
        yield f"     {left}".rstrip()
    for each in row.exercises:
        marker = paper.style(">", colour="accent", bold=True) if each.is_next else " "
        name = f"{each.exercise.name:{exercise_width}}"
        yield f"   {marker} {left}  {name}  {_status(each, paper)}"
        left = " " * len(left)


def _status(row: ExerciseRow, paper: Paper) -> str:
    words = row.standing.words()
    if row.is_next:
        started = row.standing.status is not Status.NOT_STARTED
        return paper.style(f"{words}, next" if started else "next", colour="accent", bold=True)
    if row.standing.status is Status.PASSED:
        return paper.style(words, colour="good")
    return paper.style(words, dim=row.standing.status is Status.NOT_STARTED)


def _what_next(overview: Overview) -> str:
    if not overview.total:
        return "This course has no exercises: bp-tutor lesson NAME reads."
    if not overview.next_exercise:
        return "Every exercise is passed."
    return f"Continue: bp-tutor edit {overview.next_exercise}"
