"""The tables of the progress file, and how an older file becomes a newer one."""

from __future__ import annotations

import sqlite3

from tutor.errors import WorkspaceError

APPLICATION_ID = 0x62707475  # "bptu": tells our files from other programs' databases

# Step n brings a file of version n to version n + 1. Released steps are never edited.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        "CREATE TABLE sources (sha256 TEXT PRIMARY KEY, source BLOB NOT NULL)",
        """CREATE TABLE versions (
            id INTEGER PRIMARY KEY,
            exercise TEXT NOT NULL,
            at REAL NOT NULL,
            sha256 TEXT NOT NULL REFERENCES sources (sha256),
            kind TEXT NOT NULL,
            outcome TEXT,
            verdict BLOB
        )""",
        "CREATE INDEX versions_of_exercise ON versions (exercise, kind, id)",
        """CREATE TABLE hints (
            exercise TEXT NOT NULL,
            number INTEGER NOT NULL,
            at REAL NOT NULL,
            sha256 TEXT NOT NULL,
            anyway INTEGER NOT NULL,
            PRIMARY KEY (exercise, number)
        ) WITHOUT ROWID""",
        "CREATE TABLE reveals (exercise TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID",
        "CREATE TABLE lessons_read (lesson TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID",
        """CREATE TABLE answers (
            lesson TEXT NOT NULL,
            checkpoint TEXT NOT NULL,
            text TEXT,
            mark TEXT,
            at REAL NOT NULL,
            PRIMARY KEY (lesson, checkpoint)
        ) WITHOUT ROWID""",
        """CREATE TABLE delivered_stubs (
            exercise TEXT PRIMARY KEY,
            sha256 TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 when there are none. Refuses one newer than we know."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise WorkspaceError(
            "Your progress file was made by a newer bp-tutor.",
            hint="Upgrade bp-tutor, or set BP_TUTOR_WORKSPACE to another folder.",
        )
    return version


def is_current(connection: sqlite3.Connection) -> bool:
    return version_of(connection) == len(MIGRATIONS)


def is_foreign(connection: sqlite3.Connection) -> bool:
    """Whether the file is a database of another program."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(tables) and application != APPLICATION_ID


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version: all steps or, when one fails, none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[version_of(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
