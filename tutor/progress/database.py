"""The progress file, open and shared by the threads of this process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from tutor.progress.refusals import told

Mark = tuple[object, ...] | None


class Opened(NamedTuple):
    """A connection, and how to see that it no longer fits the file.

    It is good for as long as `mark(path)` is `marked`. `notice` is for the learner. `guard` tells
    other tutors, while it is open, that this one is using the file.
    """

    connection: sqlite3.Connection
    mark: Callable[[Path], Mark]
    marked: Mark
    notice: str = ""
    guard: sqlite3.Connection | None = None

    def close(self) -> None:
        self.connection.close()
        if self.guard is not None:
            self.guard.close()


class Database:
    """The progress file, shared by the threads of this process.

    It is opened again when the file under `path` is another one than before (its owner deleted
    it, or a tutor wrote to one that we only look at): nothing is written to a file that nobody
    will find, and nothing is read from one that has moved on.
    """

    def __init__(self, path: Path, opener: Callable[[], Opened]) -> None:
        self.path = path
        self._opener = opener
        self._lock = RLock()
        with told(path):
            self._opened = opener()

    @property
    def notice(self) -> str:
        return self._opened.notice

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        with self._lock, told(self.path):
            yield self._current()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection within one transaction: all of it is on the disk afterwards, or none."""
        with self._lock, told(self.path):
            connection = self._current()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        with self._lock, told(self.path):
            self._opened.close()

    def _current(self) -> sqlite3.Connection:
        if self._opened.mark(self.path) != self._opened.marked:
            # Closed first: closing removes the -wal file by its name, which must not be the new
            # file's. Marked as unfit, so that a failure to open is tried again next time.
            self._opened.close()
            self._opened = self._opened._replace(marked=("closed",))
            self._opened = self._opener()
        return self._opened.connection


def which_file(path: Path) -> Mark:
    """Changes when another file takes the place of this one."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def which_content(path: Path) -> Mark:
    """Changes as well when a tutor begins to write, or has written."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    log = os.path.exists(f"{path}-wal")
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, log
