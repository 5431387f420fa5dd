"""`bp-tutor progress`: what is done, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct, json

from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, say, say_json
from tutor.cli.places import open_session, tell_state
from tutor.errors import EXIT_PASSED
from tutor.report import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.session import Overview, Session


class ExerciseProgress(Struct, frozen=True):
    name: str
    title: str
    level: int
    status: str
    attempts: int
    hints: int
    solution_seen: bool


class LessonProgress(Struct, frozen=True):
    name: str
    title: str
    read: bool
    checkpoints: int
    answered: int
    right: int


class LevelProgress(Struct, frozen=True):
    level: int
    criterion: str
    passed: int
    total: int


class Progress(Struct, frozen=True):
    """What `--json` prints; keys are added, never renamed."""

    course: str
    level: int
    levels: int
    passed: int
    total: int
    next: str
    exercises: list[ExerciseProgress]
    lessons: list[LessonProgress]
    by_level: list[LevelProgress]


@subcommand(
    "progress",
    examples=[
        ("bp-tutor progress", "levels, exercises, checkpoints"),
        ("bp-tutor progress --json", "the same for programs"),
    ],
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(as_json: bool) -> int:
    """Show what you have done so far."""
    with open_session() as session:
        tell_state(session)
        progress = _collect(session)
        if as_json:
            say_json(json.encode(progress))
        else:
            say(_tell(progress, Paper.of_stdout()))
    return EXIT_PASSED


def _collect(session: Session) -> Progress:
    overview = session.overview()
    return Progress(
        course=overview.title,
        level=overview.level,
        levels=len(overview.levels),
        passed=overview.passed,
        total=overview.total,
        next=overview.next_exercise,
        exercises=_exercises(overview),
        lessons=_lessons(session, overview),
        by_level=[
            LevelProgress(
                level=each.number, criterion=each.words, passed=each.passed, total=each.total
            )
            for each in overview.levels
        ],
    )


def _exercises(overview: Overview) -> list[ExerciseProgress]:
    return [
        ExerciseProgress(
            name=row.exercise.name,
            title=row.exercise.title,
            level=row.exercise.level,
            status=row.standing.status.value,
            attempts=row.standing.attempts,
            hints=row.standing.hints,
            solution_seen=row.standing.revealed,
        )
        for unit in overview.units
        for lesson in unit.lessons
        for row in lesson.exercises
    ]


def _lessons(session: Session, overview: Overview) -> list[LessonProgress]:
    lessons = []
    for row in (row for unit in overview.units for row in unit.lessons):
        answers = session.answers(row.entry.name)
        checkpoints = [c.id for c in session.lesson(row.entry.name).checkpoints]
        given = [answers[each] for each in checkpoints if each in answers]
        lessons.append(
            LessonProgress(
                name=row.entry.name,
                title=row.entry.title,
                read=row.read,
                checkpoints=len(checkpoints),
                answered=len(given),
                right=sum(answer.mark == "right" for answer in given),
            )
        )
    return lessons


def _tell(progress: Progress, paper: Paper) -> Iterator[str]:
    yield paper.style(progress.course, bold=True)
    passed = f"{progress.passed} of {progress.total} passed"
    yield f"Level {progress.level} of {progress.levels}, {passed}"
    yield from _levels(progress)
    yield ""
    width = max((len(each.name) for each in progress.exercises), default=0)
    for each in progress.exercises:
        yield f"  {each.name:{width}}  {each.status:11}  {_effort(each)}".rstrip()
    yield ""
    yield _reading(progress.lessons)


def _levels(progress: Progress) -> Iterator[str]:
    for each in progress.by_level:
        passed = f"{each.passed} of {each.total}" if each.total else "-"
        yield f"  level {each.level}   {passed:8}   {each.criterion}"


def _effort(each: ExerciseProgress) -> str:
    parts = []
    if each.attempts:
        parts.append(count(each.attempts, "attempt"))
    if each.hints:
        parts.append(count(each.hints, "hint"))
    if each.solution_seen:
        parts.append("solution seen")
    return ", ".join(parts)


def _reading(lessons: list[LessonProgress]) -> str:
    answered = sum(lesson.answered for lesson in lessons)
    total = sum(lesson.checkpoints for lesson in lessons)
    right = sum(lesson.right for lesson in lessons)
    read = sum(lesson.read for lesson in lessons)
    return (
        f"{read} of {count(len(lessons), 'lesson')} read, "
        f"{answered} of {count(total, 'checkpoint')} answered, {right} right"
    )
