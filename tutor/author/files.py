"""A course's files as a whole: nothing missing, nothing astray, every link leads somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tutor.course.loader import Course
from tutor.course.manifest import FILE_NAME
from tutor.errors import CourseError
from tutor.spec import Check

# Folders of a course, and which files in them belong to exercises.
_BY_EXERCISE = {
    "exercises": (".py", ".md"),
    "checks": (".py",),
    "checks/solutions": (".py",),
    "checks/recorded": (".npz",),
}
_ALSO_THERE = {"checks/recorded": ("*.py", "README.md")}  # what records


def problems_of(course: Course) -> Iterator[CourseError]:
    """Files that nothing names, ids that are there twice, links and hints that lead nowhere."""
    yield from _strays(course)
    for name, exercise in course.exercises.items():
        hints = len(course.brief(name).hints)
        yield from _links(course, name, hints)
        if not exercise.check:
            yield from _doubles(course.check_path(name))


def _strays(course: Course) -> Iterator[CourseError]:
    lessons = {entry.file for entry in course.lessons} | {FILE_NAME}
    for path in _files(course.root / "lessons"):
        if path.name not in lessons:
            yield _stray(path, f"name it in {FILE_NAME}, or take it away")
    for folder, endings in _BY_EXERCISE.items():
        for path in _files(course.root / folder):
            known = path.stem in course.exercises and path.suffix in endings
            if not known and not any(map(path.match, _ALSO_THERE.get(folder, ()))):
                yield _stray(path, "an exercise has its name, or it is not needed")


def _files(folder: Path) -> list[Path]:
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(p for p in found if p.is_file() and not p.name.startswith("."))


def _stray(path: Path, hint: str) -> CourseError:
    return CourseError(
        f"{path.name} belongs to nothing in the course.", hint=f"{path.name}: {hint}.", path=path
    )


def _links(course: Course, name: str, hints: int) -> Iterator[CourseError]:
    """Where misconceptions send a learner: lessons, sections and hints that must exist."""
    path = course.check_path(name)
    check: Check = course.check(name)
    lines = _definitions(path)
    for each in check.misconceptions:
        line = lines.get(each.id, [1])[0]
        if each.read and course.reading(each.read) is None:
            yield CourseError(
                f"The misconception {each.id} sends learners to {each.read!r}, which is nowhere.",
                hint="Write the lesson's name, #, and the section's title in lower case with "
                "hyphens: linear-layer#one-number-at-a-time",
                path=path,
                line=line,
            )
        if not 0 <= each.hint <= hints:
            yield CourseError(
                f"The misconception {each.id} names hint {each.hint}; {name} has {hints}.",
                hint="Write the number of a hint, or leave it out.",
                path=path,
                line=line,
            )
        if not (each.says.strip() and each.why.strip()):
            yield CourseError(
                f"The misconception {each.id} does not say what was done and why it is wrong.",
                hint='Write says="..." and why="...".',
                path=path,
                line=line,
            )


def _doubles(path: Path) -> Iterator[CourseError]:
    """Two definitions of one name, of which Python keeps the second only."""
    for name, lines in _definitions(path).items():
        if len(lines) > 1:
            yield CourseError(
                f"{name} is defined twice, and the first is lost.",
                hint="Give each misconception a name of its own.",
                path=path,
                line=lines[1],
            )


def _definitions(path: Path) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.setdefault(node.name, []).append(node.lineno)
    return found
