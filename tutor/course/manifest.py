"""`lessons/course.toml`: the one source of what a course holds, and in which order.

Every mistake in it is a `CourseError` with the line, in plain words, and a line to write instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tutor.course.tables import (
    EXAMPLES,
    CourseTable,
    ExerciseTable,
    LessonTable,
    TomlSource,
    UnitTable,
    nearest,
)
from tutor.course.text import read_text
from tutor.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.course.tomllines import Keys

FILE_NAME = "course.toml"
FORMAT_VERSION = 1
MINIMAL = """\
format_version = 1
title = "My course"

[[units]]
title = "Start"

[[units.lessons]]
file = "01-first-lesson.md"
exercises = []"""

# An exercise's name is a file that the learner edits and Python imports.
_EXERCISE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_IN_FILE_NAMES = frozenset('/\\:*?"<>|')


class Manifest(Struct, frozen=True):
    """A course.toml that holds together. `exercises` has every exercise, in course order."""

    path: Path
    text: str
    title: str
    units: tuple[UnitTable, ...]
    levels: tuple[str, ...]
    exercises: dict[str, ExerciseTable]

    @property
    def lessons(self) -> tuple[LessonTable, ...]:
        """All lessons in course order."""
        return tuple(lesson for unit in self.units for lesson in unit.lessons)

    def line_naming(self, name: str) -> int:
        """The line on which a lesson's file or an exercise is put into the course."""
        from tutor.course.tomllines import TomlLines  # only for an error

        lines = TomlLines(self.text)
        for number, unit in enumerate(self.units):
            for index, lesson in enumerate(unit.lessons):
                key = "file" if lesson.file == name else "exercises"
                if name in (lesson.file, *lesson.exercises):
                    return lines.line_of(name, "units", number, "lessons", index, key)
        return 1


def load_manifest(path: Path) -> Manifest:
    """Read and prove a course.toml."""
    if not path.exists():
        raise CourseError(
            f"There is no {path.parent.name}/{path.name}, and a course begins with this file.",
            hint=f"Write, for a start:\n{MINIMAL}",
            path=path,
        )
    return parse_manifest(read_text(path), path)


def parse_manifest(text: str, path: Path) -> Manifest:
    """The manifest that `text` is; errors name `path`."""
    source = TomlSource(text, path)
    data = source.read()
    _check_version(data, source)
    course = source.convert(data, CourseTable)
    if not course.title.strip():
        source.fail("The course has an empty title.", f"Write {EXAMPLES['title']}", "title")
    if not course.levels or not all(words.strip() for words in course.levels):
        source.fail(
            "A level has no words." if course.levels else "The course has an empty list of levels.",
            f"Say what each level stands for, or take the line out: {EXAMPLES['levels']}",
            "levels",
        )
    if not any(unit.lessons for unit in course.units):
        source.fail("The course has no lessons.", f"Write:\n{MINIMAL}", "units")
    names = _check_units(course.units, source)
    tables = {
        name: source.convert(table, ExerciseTable, "exercises", name)
        for name, table in course.exercises.items()
    }
    for name, table in tables.items():
        _check_exercise(name, table, names, len(course.levels), source)
    exercises = {name: tables.get(name, ExerciseTable()) for name in names}
    _check_cycles(exercises, source)
    return Manifest(
        path=path,
        text=text,
        title=course.title.strip(),
        units=course.units,
        levels=tuple(words.strip() for words in course.levels),
        exercises=exercises,
    )


def _check_version(data: dict[str, Any], source: TomlSource) -> None:
    """First of all: another version may have other keys, and those are not mistakes."""
    version = data.get("format_version")
    if version is None:
        source.fail(
            "The course does not say which format it is written in.",
            f"Write, as the first line: {EXAMPLES['format_version']}",
        )
    if type(version) is not int or version != FORMAT_VERSION:
        source.fail(
            f"format_version is {version!r}; this tutor knows version {FORMAT_VERSION} only.",
            f"Write {EXAMPLES['format_version']}, or use a tutor that knows {version!r}.",
            "format_version",
        )


def _check_units(units: tuple[UnitTable, ...], source: TomlSource) -> list[str]:
    """Every unit and lesson in turn; the names of the exercises, in course order."""
    lessons: dict[str, str] = {}
    homes: dict[str, str] = {}
    for number, unit in enumerate(units):
        if not unit.title.strip():
            source.fail(
                f"Unit {number + 1} has an empty title.",
                f"Write {EXAMPLES['title']}",
                *("units", number, "title"),
            )
        for index, lesson in enumerate(unit.lessons):
            keys: Keys = ("units", number, "lessons", index)
            _check_lesson(lesson, lessons, (*keys, "file"), source)
            lessons[lesson.name] = lesson.file
            for name in lesson.exercises:
                _check_home(name, lesson, homes, (*keys, "exercises"), source)
                homes[name] = lesson.file
    return list(homes)


def _check_lesson(
    lesson: LessonTable, known: dict[str, str], keys: Keys, source: TomlSource
) -> None:
    file = lesson.file
    problem = ""
    if _NOT_IN_FILE_NAMES & set(file) or not file.isprintable() or file.startswith("."):
        problem = "is not the plain name of a file in the lessons folder"
    elif not file.endswith(".md"):
        problem = "does not end in .md"
    if problem:
        source.fail(f"The lesson file {file!r} {problem}.", f"Write {EXAMPLES['file']}", *keys)
    if lesson.name in known:
        source.fail(
            f"There are two lessons {lesson.name!r}: {known[lesson.name]} and {file}.",
            "The name is the file's without number and ending; give each lesson its own: "
            f'file = "{file.removesuffix(".md")}-2.md"',
            *keys,
        )


def _check_home(
    name: str, lesson: LessonTable, homes: dict[str, str], keys: Keys, source: TomlSource
) -> None:
    if not _EXERCISE_NAME.fullmatch(name):
        source.fail(
            f"{name!r} is no name for an exercise.",
            f"Use letters, digits and underscores, without .py: {EXAMPLES['exercises']}",
            *keys,
            value=name,
        )
    if name in homes:
        twice = homes[name] == lesson.file
        where = f"twice in {lesson.file}" if twice else f"in {homes[name]} and in {lesson.file}"
        source.fail(
            f"The exercise {name!r} is {where}.",
            "Name it once, in the lesson that leads to it; without any, write exercises = []",
            *keys,
            value=name,
        )


def _check_exercise(
    name: str, table: ExerciseTable, names: list[str], levels: int, source: TomlSource
) -> None:
    keys: Keys = ("exercises", name)
    if name not in names:
        near = nearest(name, names)
        meant = f"Did you mean [exercises.{near}]? " if near else ""
        source.fail(
            f"[exercises.{name}] is about an exercise that is in no lesson.",
            f'{meant}A lesson names its exercises: exercises = ["{name}"]',
            *keys,
        )
    if not 0 <= table.level <= levels:
        source.fail(
            f"The level of {name} is {table.level}; levels go from 0 to {levels}.",
            f"Write level = 1 (1 to {levels}: passing counts towards that level; 0: towards none).",
            *(*keys, "level"),
        )
    for key, value in (("seconds", table.seconds), ("memory_mb", table.memory_mb)):
        if not 0 < value < float("inf"):
            source.fail(
                f"{key} of {name} is {value}; it must be more than 0.",
                f"Write {EXAMPLES[key]}",
                *(*keys, key),
            )
    if table.check and (table.check == name or table.check not in names):
        source.fail(
            f"{name} is judged by the check of {table.check!r}, which is no other exercise here.",
            "Name an exercise with a check file of its own, or take the line out.",
            *(*keys, "check"),
        )
    for need in table.needs:
        if need not in names:
            near = nearest(need, names)
            source.fail(
                f"{name} needs {need!r}, which is no exercise of this course.",
                f'Did you mean {near}? Write needs = ["{near}"]' if near else "Write needs = []",
                *(*keys, "needs"),
                value=need,
            )


def _check_cycles(exercises: dict[str, ExerciseTable], source: TomlSource) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            circle = " needs ".join((*trail[trail.index(name) :], name))
            source.fail(
                f"These exercises wait for each other: {circle}.",
                f"Take one out, such as needs = [] for {trail[-1]}.",
                *("exercises", trail[-1], "needs"),
                value=name,
            )
        if name not in done:
            for need in exercises[name].needs:
                visit(need, (*trail, name))
            done.add(name)

    for name in exercises:
        visit(name, ())
