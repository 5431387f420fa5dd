"""Errors for people: what happened, where, and what to do about it.

A learner's crash is never one of these; it is a `Verdict`. These are for broken courses,
broken environments and wrong command lines.
"""

from __future__ import annotations

from pathlib import Path

EXIT_PASSED = 0
EXIT_NOT_PASSED = 1
EXIT_USAGE = 2
EXIT_BROKEN = 3


class TutorError(Exception):
    """A failure that is told to a person.

    `message` says what is wrong, `hint` what to do, `path` and `line` (from 1) where.
    """

    exit_code = EXIT_BROKEN

    def __init__(
        self, message: str, *, hint: str = "", path: Path | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    def where(self) -> str:
        """`file:line`, `file`, or nothing when no file is to blame."""
        if self.path is None:
            return ""
        return str(self.path) if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        head = f"{self.where()}: {self.message}" if self.path else self.message
        return f"{head}\n{self.hint}" if self.hint else head


class CourseError(TutorError):
    """The course is broken: a file is missing, or does not say what it must say."""


class WorkspaceError(TutorError):
    """The learner's folder or its state cannot be read or written."""


class PlatformError(TutorError):
    """This machine lacks something that the tutor needs."""


class UsageError(TutorError):
    """The command line names something that does not exist, or asks for the impossible."""

    exit_code = EXIT_USAGE
