"""`bp-tutor list`: the course as a map, with where the learner stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.choice import what_next
from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, say
from tutor.cli.places import open_session, tell_state
from tutor.errors import EXIT_PASSED
from tutor.itinerary import Stop, upcoming
from tutor.progress.rules import Status

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
    following = upcoming(overview)
    yield _headline(overview, paper)
    for number, unit in enumerate(overview.units):
        yield ""
        yield paper.style(f"{number}  {unit.title}", bold=True)
        for row in unit.lessons:
            yield from _lesson(row, following, (lesson_width, exercise_width), paper)
    yield ""
    yield what_next(overview, following)


def _headline(overview: Overview, paper: Paper) -> str:
    passed = f"{overview.passed}/{overview.total} passed"
    progress = f"level {overview.level} of {len(overview.levels)}   {passed}"
    space = max(3, min(paper.width, 80) - len(overview.title) - len(progress))
    return paper.style(overview.title, bold=True) + " " * space + progress


def _lesson(
    row: LessonRow, following: Stop | None, widths: tuple[int, int], paper: Paper
) -> Iterator[str]:
    """One line for each exercise; the first one also names the lesson."""
    lesson_width, exercise_width = widths
    is_next = following is not None and (following.kind, following.name) == (
        "lesson",
        row.entry.name,
    )
    words = f"{'read' if row.read else 'next' if is_next else '':4}"
    blank = " " * (lesson_width + 2 + len(words))
    left = f"{row.entry.name:{lesson_width}}  {_accented(words, paper) if is_next else words}"
    if not row.exercises:
        yield f"   {_marker(paper, is_next)} {left}".rstrip()
    for each in row.exercises:
        here = following is not None and (following.kind, following.name) == (
            "exercise",
            each.exercise.name,
        )
        name = f"{each.exercise.name:{exercise_width}}"
        yield f"   {_marker(paper, here or is_next)} {left}  {name}  {_status(each, here, paper)}"
        left, is_next = blank, False


def _marker(paper: Paper, here: bool) -> str:
    return _accented(">", paper) if here else " "


def _accented(words: str, paper: Paper) -> str:
    return paper.style(words, colour="accent", bold=True)


def _status(row: ExerciseRow, is_next: bool, paper: Paper) -> str:
    words = row.standing.words()
    if is_next:
        started = row.standing.status is not Status.NOT_STARTED
        return _accented(f"{words}, next" if started else "next", paper)
    if row.standing.status is Status.PASSED:
        return paper.style(words, colour="good")
    return paper.style(words, dim=row.standing.status is Status.NOT_STARTED)
