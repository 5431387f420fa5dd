"""What the tutor remembers about a learner, kept in one SQLite file. Nothing is ever deleted."""

from __future__ import annotations

import sqlite3
from hashlib import sha256 as sha256_hash
from pathlib import Path
from typing import Any

import msgspec

from tutor.progress.database import Database
from tutor.progress.opening import look, open_to_write
from tutor.progress.records import Answer, Attempt, HintTaken, KeptKind, Version
from tutor.verdict import Outcome, Verdict

_decoder = msgspec.json.Decoder(Verdict)


class Store:
    """A learner's attempts, hints, answers and kept files.

    For several threads and several tutors at once. What a method has returned from is on the
    disk. Raises `WorkspaceError` when that cannot be; what was saved before stays as it was.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, now: float) -> Store:
        """Open the file to write to, or make it. Its folder must exist.

        A file that cannot be used is set aside under a name with the time `now`; see `notice`.
        """
        return cls(Database(path, lambda: open_to_write(path, now)))

    @classmethod
    def look(cls, path: Path) -> Store:
        """Open the file to read only, changing nothing on the disk; a missing one is empty."""
        return cls(Database(path, lambda: look(path)))

    @property
    def notice(self) -> str:
        """What the learner should be told about the file; empty when all is well."""
        return self._database.notice

    def close(self) -> None:
        self._database.close()

    # -- attempts and versions ------------------------------------------------------------------

    def record_attempt(self, source: bytes, verdict: Verdict, *, at: float) -> Attempt:
        """Keep one check of one saved version.

        Checking the latest version again with the same outcome is the same attempt: it keeps its
        id and time, and takes the newer verdict.
        """
        verdict, encoded = _encoded(verdict)
        exercise, outcome = verdict.exercise, verdict.outcome
        with self._database.writing() as connection:
            sha256 = _keep_source(connection, source)
            latest = connection.execute(
                "SELECT id, at, sha256, outcome FROM versions"
                " WHERE exercise = ? AND kind = 'attempt' ORDER BY id DESC LIMIT 1",
                (exercise,),
            ).fetchone()
            if latest is not None and latest[2:] == (sha256, outcome):
                number, at = latest[:2]
                connection.execute(
                    "UPDATE versions SET verdict = ? WHERE id = ?", (encoded, number)
                )
            else:
                number = connection.execute(
                    "INSERT INTO versions (exercise, at, sha256, kind, outcome, verdict)"
                    " VALUES (?, ?, ?, 'attempt', ?, ?)",
                    (exercise, at, sha256, outcome, encoded),
                ).lastrowid
        return Attempt(
            id=number, exercise=exercise, at=at, sha256=sha256, outcome=outcome, verdict=verdict
        )

    def attempts(self, exercise: str) -> tuple[Attempt, ...]:
        """The attempts at an exercise, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, at, sha256, outcome, verdict FROM versions"
                " WHERE exercise = ? AND kind = 'attempt' ORDER BY id",
                (exercise,),
            ).fetchall()
        return tuple(
            Attempt(
                id=number,
                exercise=exercise,
                at=at,
                sha256=sha256,
                outcome=outcome,
                verdict=_decoded(encoded, exercise, sha256, outcome),
            )
            for number, at, sha256, outcome, encoded in rows
        )

    def keep_version(self, exercise: str, source: bytes, *, kind: KeptKind, at: float) -> Version:
        """Keep a file that is about to be replaced."""
        with self._database.writing() as connection:
            sha256 = _keep_source(connection, source)
            number = connection.execute(
                "INSERT INTO versions (exercise, at, sha256, kind) VALUES (?, ?, ?, ?)",
                (exercise, at, sha256, kind),
            ).lastrowid
        assert number is not None  # an INSERT of one row always has one
        return Version(id=number, exercise=exercise, at=at, sha256=sha256, kind=kind, outcome=None)

    def versions(self, exercise: str) -> tuple[Version, ...]:
        """Every kept version of an exercise's file, oldest first: attempts and set-aside files."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, at, sha256, kind, outcome, verdict FROM versions"
                " WHERE exercise = ? ORDER BY id",
                (exercise,),
            ).fetchall()
        return tuple(
            Version(
                id=number,
                exercise=exercise,
                at=at,
                sha256=sha256,
                kind=kind,
                outcome=outcome,
                verdict=outcome and _decoded(encoded, exercise, sha256, outcome),
            )
            for number, at, sha256, kind, outcome, encoded in rows
        )

    def source(self, sha256: str) -> bytes:
        """The kept bytes with this hash; `KeyError` when none were kept."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT source FROM sources WHERE sha256 = ?", (sha256,)
            ).fetchone()
        if row is None:
            raise KeyError(sha256)
        return bytes(row[0])

    # -- hints and solutions --------------------------------------------------------------------

    def take_hint(self, hint: HintTaken) -> None:
        """Keep that a hint was shown; of several times, the first."""
        self._write(
            "INSERT OR IGNORE INTO hints (exercise, number, at, sha256, anyway)"
            " VALUES (?, ?, ?, ?, ?)",
            (hint.exercise, hint.number, hint.at, hint.sha256, hint.anyway),
        )

    def hints(self, exercise: str) -> tuple[HintTaken, ...]:
        """The hints taken, in the order in which they were."""
        rows = self._rows(
            "SELECT number, at, sha256, anyway FROM hints WHERE exercise = ? ORDER BY at, number",
            (exercise,),
        )
        return tuple(
            HintTaken(exercise=exercise, number=number, at=at, sha256=sha256, anyway=bool(anyway))
            for number, at, sha256, anyway in rows
        )

    def reveal(self, exercise: str, *, at: float) -> None:
        """Keep that the solution was shown; of several times, the first."""
        self._write("INSERT OR IGNORE INTO reveals (exercise, at) VALUES (?, ?)", (exercise, at))

    def revealed_at(self, exercise: str) -> float | None:
        rows = self._rows("SELECT at FROM reveals WHERE exercise = ?", (exercise,))
        return rows[0][0] if rows else None

    # -- lessons and checkpoints ----------------------------------------------------------------

    def mark_read(self, lesson: str, *, at: float) -> None:
        """Keep that a lesson was read; of several times, the first."""
        self._write("INSERT OR IGNORE INTO lessons_read (lesson, at) VALUES (?, ?)", (lesson, at))

    def lessons_read(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._rows("SELECT lesson FROM lessons_read", ()))

    def save_answer(self, answer: Answer) -> None:
        """Keep an answer to a checkpoint, in the place of an earlier one."""
        text = None if answer.text is None else _storable(answer.text)
        self._write(
            "INSERT OR REPLACE INTO answers (lesson, checkpoint, text, mark, at)"
            " VALUES (?, ?, ?, ?, ?)",
            (answer.lesson, answer.checkpoint, text, answer.mark, answer.at),
        )

    def answers(self, lesson: str) -> dict[str, Answer]:
        """The answers to a lesson's checkpoints, by checkpoint id."""
        rows = self._rows(
            "SELECT lesson, checkpoint, text, mark, at FROM answers WHERE lesson = ?", (lesson,)
        )
        return {row[1]: Answer(*row) for row in rows}

    def replace_verdict(self, verdict: Verdict) -> None:
        """Let an attempt that was kept take a fuller verdict on the same bytes over."""
        verdict, encoded = _encoded(verdict)
        self._write(
            "UPDATE versions SET verdict = ? WHERE exercise = ? AND sha256 = ?"
            " AND kind = 'attempt' AND outcome = ?",
            (encoded, verdict.exercise, verdict.sha256, verdict.outcome),
        )

    # -- stubs ----------------------------------------------------------------------------------

    def delivered_stub(self, exercise: str) -> str:
        """The hash of the stub that was last put into the workspace or offered; empty if none."""
        rows = self._rows("SELECT sha256 FROM delivered_stubs WHERE exercise = ?", (exercise,))
        return str(rows[0][0]) if rows else ""

    def set_delivered_stub(self, exercise: str, sha256: str) -> None:
        self._write(
            "INSERT OR REPLACE INTO delivered_stubs (exercise, sha256) VALUES (?, ?)",
            (exercise, sha256),
        )

    # -- small parts ----------------------------------------------------------------------------

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._database.writing() as connection:
            connection.execute(statement, values)


def _keep_source(connection: sqlite3.Connection, source: bytes) -> str:
    sha256 = sha256_hash(source).hexdigest()
    connection.execute(
        "INSERT OR IGNORE INTO sources (sha256, source) VALUES (?, ?)", (sha256, source)
    )
    return sha256


def _encoded(verdict: Verdict) -> tuple[Verdict, bytes]:
    """The verdict as it can be kept, and its JSON."""
    try:
        return verdict, msgspec.json.encode(verdict)
    except UnicodeEncodeError:
        # Learner code can print lone surrogates, which no encoding can hold.
        verdict = msgspec.convert(_storable(msgspec.to_builtins(verdict)), Verdict)
        return verdict, msgspec.json.encode(verdict)


def _decoded(encoded: bytes, exercise: str, sha256: str, outcome: Outcome) -> Verdict:
    """A kept verdict; what another version of the tutor wrote may have lost its details."""
    try:
        return _decoder.decode(encoded)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Verdict(exercise=exercise, outcome=outcome, sha256=sha256, seconds=0.0)


def _storable(value: Any) -> Any:
    """The same value with lone surrogates in its strings spelled out: `\\udc80`."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value
