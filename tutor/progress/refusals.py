"""What SQLite and the file system refuse, told to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.errors import WorkspaceError

_SAFE = "What was saved before is safe."
_READ_ONLY = (
    "the file or its folder is read-only",
    f"Make both writable, or set BP_TUTOR_WORKSPACE to another folder. {_SAFE}",
)
_BUSY = (
    "another program is using the file and does not let go of it",
    f"Close other tutors and database programs, then do this once more. {_SAFE}",
)
_DAMAGED = (
    "the file is damaged",
    "Start bp-tutor again: it sets the damaged file aside and begins a new one.",
)
_REFUSALS = {
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        f"Free some space, then do this once more. {_SAFE}",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk reported an error",
        f"Look whether the disk is full or unplugged, then do this once more. {_SAFE}",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the file cannot be opened",
        "Look whether its folder is there and writable, or set BP_TUTOR_WORKSPACE to another.",
    ),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code, without the detail in its upper bits; 0 when unknown."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def means_damaged(error: sqlite3.Error) -> bool:
    return code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a refusal about the progress file `path` into a `WorkspaceError` with what to do.

    Errors that only a bug of ours can cause are left as they are.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if code_of(error) not in _REFUSALS:
            raise
        why, hint = _REFUSALS[code_of(error)]
        raise _refusal(why, hint, path) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise _refusal(why, f"Look whether you may read and write it. {_SAFE}", path) from error


def _refusal(why: str, hint: str, path: Path) -> WorkspaceError:
    return WorkspaceError(f"Your progress cannot be read or saved: {why}.", hint=hint, path=path)
