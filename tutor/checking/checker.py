"""Judges files against the exercises of a course, each in a process of its own."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import structs

from tutor.checking import faults
from tutor.checking.conversation import Conversation, Listener, deadline_in
from tutor.checking.expectations import Expectations, expectations
from tutor.checking.process import Died, TimedOut, WorkerProcess
from tutor.checking.run import START_SECONDS, Run, RunResult
from tutor.checking.sources import read_source, same_code
from tutor.checking.spare import SPARES, Spares
from tutor.checking.words import printable
from tutor.diagnosis.diagnose import after_search, at_once
from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.misconceptions import Known
from tutor.errors import CourseError, PlatformError, TutorError
from tutor.framing import WireError
from tutor.spec import Check, Exercise
from tutor.verdict import FAULTS, Diagnosis, Finding, Outcome, Verdict


class Cancelled(Exception):
    """The check was called off, because a newer save is what counts."""


class Cancellation:
    """A ticket for one check; `cancel` ends its worker at once, from any thread.

    `listener` hears what learner code reports while it runs, in the thread of the check.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self.listener = listener
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None
        self.cancelled = False

    def cancel(self) -> None:
        with self._lock:
            self.cancelled = True
            if self._process is not None:
                self._process.kill()

    def hold(self, process: WorkerProcess | None) -> None:
        """The process to kill on cancel; None when it is no longer in use."""
        with self._lock:
            self._process = process
            if process is not None and self.cancelled:
                process.kill()


class CheckedCourse(Protocol):
    """What the checker needs of a course."""

    def check(self, name: str) -> Check: ...

    def stub(self, name: str) -> bytes: ...

    def reading(self, link: str) -> Reading | None: ...


class Reading(Protocol):
    """A place in a lesson."""

    def words(self) -> str: ...


class Checker:
    """Checks files; keeps the right answers of every exercise that it has checked."""

    def __init__(self, course: CheckedCourse, spares: Spares = SPARES) -> None:
        self._course = course
        self._spares = spares
        self._lock = threading.Lock()
        self._keep_warm = False
        self._expectations: dict[str, Expectations] = {}
        self._known: dict[str, Known] = {}
        self._evidence: dict[str, tuple[str, Evidence]] = {}

    def warm(self) -> None:
        """Keep a worker waiting from here on, so that every check starts at once."""
        with self._lock:
            self._keep_warm = True
            self._spares.warm()

    def close(self) -> None:
        """End the spare worker; a check that still runs leaves none behind."""
        with self._lock:
            self._keep_warm = False
            self._spares.close()

    def check_file(
        self, exercise: Exercise, path: Path, ticket: Cancellation | None = None
    ) -> tuple[Verdict, bytes | None]:
        """The verdict on the bytes that `path` holds now, and these bytes (None if unreadable).

        Raises Cancelled when the ticket is cancelled, CourseError where the check is broken.
        """
        started = time.perf_counter()
        path = path.absolute()
        source = read_source(path)
        if isinstance(source, Finding):
            return _verdict(exercise, b"", RunResult((source,)), started), None
        if same_code(source, self._course.stub(exercise.name)):
            unchanged = Finding("", "", "unchanged", faults.UNCHANGED)
            return _verdict(exercise, source, RunResult((unchanged,)), started), source
        result = self._run(exercise, source, path, ticket or Cancellation())
        evidence = result.evidence
        if evidence is None:
            return _verdict(exercise, source, result, started), source
        known = self._known_of(exercise.name)
        found = _or_nothing(lambda: at_once(evidence, known))
        diagnoses = tuple(map(self._told, found))
        verdict = _verdict(exercise, source, result, started, diagnoses)
        with self._lock:
            self._evidence[exercise.name] = (verdict.sha256, evidence)
        return verdict, source

    def look_further(
        self, verdict: Verdict, cancelled: Callable[[], bool] = lambda: False
    ) -> Verdict:
        """The latest verdict on an exercise with what only a search can tell; it takes a moment.

        The verdict as it was where nothing more is found, or where it is not the latest one.
        """
        with self._lock:
            sha256, evidence = self._evidence.pop(verdict.exercise, ("", None))
        if evidence is None or sha256 != verdict.sha256 or not evidence.wrong:
            return verdict
        known = self._known_of(verdict.exercise)
        found = _or_nothing(lambda: after_search(evidence, known, verdict.diagnoses, cancelled))
        diagnoses = (*verdict.diagnoses, *map(self._told, found))
        return structs.replace(verdict, diagnoses=diagnoses)

    def _told(self, found: Diagnosis) -> Diagnosis:
        reading = self._course.reading(found.read) if found.read else None
        return _printable(structs.replace(found, reading=reading.words() if reading else ""))

    def _known_of(self, exercise: str) -> Known:
        if exercise not in self._known:
            self._known[exercise] = Known(self._course.check(exercise))
        return self._known[exercise]

    def _run(
        self, exercise: Exercise, source: bytes, path: Path, ticket: Cancellation
    ) -> RunResult:
        process = self._spares.take()
        ticket.hold(process)
        try:
            # Worked out while a new worker is still starting.
            if exercise.name not in self._expectations:
                self._expectations[exercise.name] = self._expected(exercise.name)
            result = Run(exercise, source, path, process, ticket.listener).judge(
                self._expectations[exercise.name]
            )
        finally:
            ticket.hold(None)
            # Ending a process and starting the next takes longer than most checks.
            threading.Thread(target=self._replace, args=(process,)).start()
        if ticket.cancelled:
            raise Cancelled
        return result

    def _expected(self, name: str) -> Expectations:
        try:
            return expectations(self._course.check(name))
        except TutorError:
            raise
        except Exception as error:
            raise CourseError(
                f"The check of {name} cannot be used: {type(error).__name__}: {error}.",
                hint="bp-tutor author check tries every check of a course.",
            ) from error

    def _replace(self, used: WorkerProcess) -> None:
        used.close()
        with self._lock:
            if self._keep_warm:
                self._spares.warm()


_Told = TypeVar("_Told", Finding, Diagnosis)
_TEXTS = ("message", "yours", "expected", "evidence")


def _printable(told: _Told) -> _Told:
    """Names that learner code made up may hold what no terminal should be sent."""
    texts = {name: printable(getattr(told, name)) for name in _TEXTS if hasattr(told, name)}
    return structs.replace(told, **texts)


def _or_nothing(search: Callable[[], tuple[Diagnosis, ...]]) -> tuple[Diagnosis, ...]:
    """What a search finds. A verdict is not lost because naming its cause went wrong."""
    try:
        return search()
    except Exception:
        if os.environ.get("BP_TUTOR_DEBUG") == "1":
            raise
        return ()


def worker_report() -> tuple[tuple[str, bool, str], ...]:
    """Which limits hold in a worker on this machine: (limit, whether it holds, how or why not)."""
    process = SPARES.take()
    try:
        limits = Conversation(process, deadline_in(START_SECONDS)).limits
    except (TimedOut, Died, WireError) as error:
        raise PlatformError(
            f"The process that runs your code does not answer: {error}.",
            hint="Is NumPy installed for this Python? python -c 'import numpy' tells.",
        ) from error
    finally:
        process.close()
    held = [(name, True, how) for name, how in limits.held.items()]
    return tuple(held + [(name, False, why) for name, why in limits.lacking.items()])


def _verdict(
    exercise: Exercise,
    source: bytes,
    result: RunResult,
    started: float,
    diagnoses: tuple[Diagnosis, ...] = (),
) -> Verdict:
    kinds = {finding.kind for finding in result.findings}
    outcome: Outcome = "faulty" if kinds & FAULTS else "wrong" if kinds else "passed"
    return Verdict(
        exercise=exercise.name,
        outcome=outcome,
        sha256=hashlib.sha256(source).hexdigest(),
        seconds=round(time.perf_counter() - started, 6),
        findings=tuple(map(_printable, result.findings)),
        diagnoses=diagnoses,
        output=result.output,
        arrays=result.arrays,
        cases=result.cases,
    )
