"""Opens the progress file: to write it, to only look at it, and when it is damaged.

What is in it is the business of `store`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tutor.errors import WorkspaceError
from tutor.progress.database import Opened, which_content, which_file
from tutor.progress.refusals import means_damaged
from tutor.progress.schema import is_current, is_foreign, upgrade

BUSY_SECONDS = 5.0
PARTS = ("-journal", "-wal", "-shm", "")  # the endings of all that can belong to one database


class DamagedError(Exception):
    """The file is not a progress file that can be used; the text says why."""


# -- to write --------------------------------------------------------------------------------------


def open_to_write(path: Path, now: float) -> Opened:
    """Open the file, or make it, or upgrade it, or set a damaged one aside and make a new one."""
    notice = ""
    while True:
        try:
            with _guarded(path, "IMMEDIATE"):  # one at a time; tutors that run do not matter
                return _open_or_make(path, notice)
        except DamagedError:
            notice = _replace_damaged(path, now)


def _open_or_make(path: Path, notice: str) -> Opened:
    if path.exists():
        open_to_look(path).close()  # finds damage without touching the evidence
    connection = _connect(path)
    with _closed_on_error(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a verdict that was shown is on the disk, even when the power goes.
        connection.execute("PRAGMA synchronous = FULL")
        upgrade(connection)
        return Opened(connection, which_file, which_file(path), notice, _in_use(path))


def _replace_damaged(path: Path, now: float) -> str:
    """Set the damaged file aside unless another tutor just did; returns the learner's notice."""
    try:
        with _guarded(path, "EXCLUSIVE"):  # no tutor may be using it
            try:
                if path.exists():
                    open_to_look(path).close()
            except DamagedError as damage:
                aside = _set_aside(path, now)
                return (
                    f"Your progress file could not be used: {damage}. It is kept, unchanged, as"
                    f" {aside}, and a new one was begun. Your exercise files are untouched."
                )
            return ""
    except sqlite3.OperationalError as error:
        raise WorkspaceError(
            "Your progress file is damaged, and another bp-tutor is using it.",
            hint="Close the other one, then start this one again: it sets the file aside.",
            path=path,
        ) from error


@contextmanager
def _guarded(path: Path, how: str) -> Iterator[None]:
    """Hold the lock of the progress file against other tutors.

    The lock is SQLite's own, on an empty file beside: it works on every platform, and a killed
    process holds none.
    """
    with closing(_connect(_guard(path))) as connection:
        connection.execute(f"BEGIN {how}")
        yield


def _in_use(path: Path) -> sqlite3.Connection:
    """A shared lock, held until the connection is closed: the file must not be set aside."""
    guard = _connect(_guard(path))
    guard.execute("BEGIN")
    guard.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return guard


def _guard(path: Path) -> Path:
    return path.with_suffix(".lock")


def _set_aside(path: Path, now: float) -> Path:
    """Rename a damaged file and what belongs to it, so that recovery tools can still use them."""
    moment = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
    aside = path.with_name(f"{path.stem}.corrupt-{moment}{path.suffix}")
    number = 1
    while any(os.path.lexists(f"{aside}{ending}") for ending in PARTS):
        number += 1
        aside = path.with_name(f"{path.stem}.corrupt-{moment}-{number}{path.suffix}")
    # The file itself goes last: beside a new file, an old -wal would be thrown away.
    for ending in PARTS:
        with suppress(FileNotFoundError):
            os.rename(f"{path}{ending}", f"{aside}{ending}")
    return aside


# -- to look ---------------------------------------------------------------------------------------


def look(path: Path) -> Opened:
    """Open the file to read it; a missing or damaged one is as good as an empty one."""
    try:
        opened = open_to_look(path) if path.exists() else Opened(_empty(), which_content, None)
    except DamagedError as damage:
        notice = (
            f"Your progress file cannot be used: {damage}. It is shown as empty here. The next"
            f" check sets it aside, unchanged, and begins a new one. The file is {path}."
        )
        opened = Opened(_empty(), which_content, which_content(path), notice)
    opened.connection.execute("PRAGMA query_only = ON")  # a copy in memory would take writes
    return opened


def open_to_look(path: Path) -> Opened:
    """Open an existing file without creating or changing one byte beside it or in it.

    Raises `DamagedError` when it cannot be used, `WorkspaceError` when a newer tutor made it.
    """
    # A tutor that opens or closes the file at this moment makes or removes the files beside
    # it, so that what was true when we looked is false when we open: hence a second try.
    with suppress(DamagedError, sqlite3.OperationalError):
        return _open_to_look_once(path)
    return _open_to_look_once(path)


def _open_to_look_once(path: Path) -> Opened:
    content = which_content(path)
    log, index = Path(f"{path}-wal").exists(), Path(f"{path}-shm").exists()
    try:
        if log and index:
            # A tutor is at work, or was killed. SQLite's own locks protect this reader.
            connection = _inspected(_connect(path, "mode=ro&readonly_shm=1"))
            return Opened(connection, which_file, which_file(path))
        if log:
            # Nobody is connected, and joining the two needs a third file: not in this folder.
            return Opened(_inspected(_joined_copy(path)), which_content, content)
        connection = _inspected(_connect(path, "mode=ro&immutable=1"))
        return Opened(connection, which_content, content)
    except sqlite3.DatabaseError as error:
        if means_damaged(error):
            raise DamagedError(f"it is damaged ({error})") from error
        raise


def _inspected(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, if it leads to a whole progress file; of an old one an upgraded copy."""
    with _closed_on_error(connection):
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise DamagedError(f"it is damaged ({found.splitlines()[-1]})")
        if is_foreign(connection):
            raise DamagedError("another program made it")
        if is_current(connection):
            return connection
        copy = _connect(None)
        connection.backup(copy)
        upgrade(copy)
    connection.close()
    return copy


def _joined_copy(path: Path) -> sqlite3.Connection:
    """The file and its -wal, joined in memory."""
    import shutil  # both only here, where hardly anybody comes
    import tempfile

    with tempfile.TemporaryDirectory(prefix="bp-tutor-") as folder:
        joined = Path(folder) / path.name
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", f"{joined}{ending}")
        copy = _connect(None)
        with closing(_connect(joined)) as connection:
            connection.backup(copy)
    return copy


def _empty() -> sqlite3.Connection:
    connection = _connect(None)
    upgrade(connection)
    return connection


# -- small parts -----------------------------------------------------------------------------------


def _connect(path: Path | None, options: str = "") -> sqlite3.Connection:
    """A connection in autocommit mode, for any thread; None for a database in memory."""
    name = ":memory:" if path is None else str(path)
    if path is not None and options:
        # `as_uri` escapes what means something in a URI: ?, #, % and spaces.
        name = f"{path.absolute().as_uri()}?{options}"
    return sqlite3.connect(
        name,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=bool(options),
    )


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
