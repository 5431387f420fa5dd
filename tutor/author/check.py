"""A whole course, checked for its author: every file, every exercise, every misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tutor.author import files, trying
from tutor.checking.checker import Checker
from tutor.course.checkfile import line_in
from tutor.course.loader import Course
from tutor.errors import CourseError


def _placed(error: CourseError, path: Path) -> CourseError:
    """A check that cannot be used, with the line of its file that raised."""
    if error.path is not None:
        return error
    line = line_in(path, error.__cause__) if error.__cause__ is not None else 1
    return CourseError(error.message, hint="Mend this line.", path=path, line=line)


def problems(course: Course, tell: Callable[[str], None]) -> Iterator[CourseError]:
    """Everything that is wrong, with file and line; `tell` hears what is being tried.

    Exercises are tried only when all files can be read.
    """
    unreadable = course.problems()
    yield from unreadable
    if unreadable:
        return
    yield from files.problems_of(course)
    checker = Checker(course)
    checker.warm()
    try:
        for name, exercise in course.exercises.items():
            tell(name)
            try:
                yield from trying.problems_of(course, exercise, checker)
            except CourseError as error:
                yield _placed(error, course.check_path(name))
    finally:
        checker.close()
