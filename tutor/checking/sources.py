"""Learner files as bytes, before anything runs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tutor.verdict import Finding

MAX_SOURCE = 1024 * 1024


def spelled(path: Path) -> str:
    """A path as text that can be shown and sent, even if its name is no UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def read_source(path: Path) -> bytes | Finding:
    """The bytes of a learner's file, or the finding that says why it cannot be one."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(f"{spelled(path)} is not a file.")
        if status.st_size > MAX_SOURCE:
            return _refused(f"{spelled(path)} is larger than 1 MB; an exercise is a few kilobytes.")
        source = path.read_bytes()
    except FileNotFoundError:
        return _refused(f"There is no file {spelled(path)}.")
    except OSError as error:
        return _refused(f"{spelled(path)} cannot be read: {error.strerror}.")
    if b"\0" in source:
        return _refused(f"{spelled(path)} is not a text file: it holds NUL characters.")
    if not source.strip():  # also what an editor leaves for a moment while it writes
        return _refused(f"{spelled(path)} is empty.")
    return source


def _refused(message: str) -> Finding:
    return Finding(case="", array="", kind="file", message=message)


def same_code(source: bytes, other: bytes) -> bool:
    """Whether two files differ in nothing but line ends and blanks at line ends."""

    def lines(text: bytes) -> list[bytes]:
        return [line.rstrip() for line in text.strip().splitlines()]

    return lines(source) == lines(other)
