"""A whole course, checked for its author: every file, every exercise, every misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.author import files, trying
from tutor.checking.checker import Checker
from tutor.course.loader import Course
from tutor.errors import CourseError


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
            yield from trying.problems_of(course, exercise, checker)
    finally:
        checker.close()
