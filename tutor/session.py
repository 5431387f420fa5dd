"""The one way in for the command line and the screen: a course, a workspace, and their checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.course.loader import Course
from tutor.course.marking import can_be_marked, mark_prediction
from tutor.course.sections import Reading
from tutor.errors import UsageError
from tutor.progress import rules
from tutor.progress.records import Answer, Attempt, HintTaken, KeptKind, Mark, Version
from tutor.progress.store import Store
from tutor.spec import Brief, Exercise, Hint, Lesson, LessonEntry
from tutor.verdict import Verdict
from tutor.workspace.files import Workspace, sha256_of

if TYPE_CHECKING:
    from tutor.checking.checker import Cancellation, Checker

Clock = Callable[[], float]


class ExerciseRow(Struct, frozen=True):
    """One exercise on the map."""

    exercise: Exercise
    standing: rules.Standing
    is_next: bool


class LessonRow(Struct, frozen=True):
    """One lesson on the map with its exercises."""

    entry: LessonEntry
    read: bool
    exercises: tuple[ExerciseRow, ...]


class UnitRow(Struct, frozen=True):
    title: str
    lessons: tuple[LessonRow, ...]


class LevelRow(Struct, frozen=True):
    """One level: what it says about who has earned it, and how many of its exercises are passed."""

    number: int
    words: str
    passed: int
    total: int


class Overview(Struct, frozen=True):
    """The course as a map with progress. `next_exercise` is empty when all are passed.

    `level` is the highest one earned, 0 for none.
    """

    title: str
    units: tuple[UnitRow, ...]
    levels: tuple[LevelRow, ...]
    level: int
    passed: int
    total: int
    next_exercise: str


class Ladder(Struct, frozen=True):
    """The hints of one exercise as they stand: what is open, and what unlocks the rest.

    `next_number` is the hint that comes next, 0 for none; `next_fits` if the last mistake is why.
    """

    shown: tuple[Hint, ...]
    total: int
    next_number: int
    next_fits: bool
    next_hint: rules.Gate
    solution: rules.Gate


class Session:
    """Everything a learner can do, for whoever draws it.

    Methods that only look never create or change a file; the first one that must write calls
    `prepare()`, which makes the workspace.
    """

    def __init__(
        self,
        course: Course,
        workspace: Workspace,
        *,
        checker: Checker | None = None,
        clock: Clock = time.time,
    ) -> None:
        self.course = course
        self.workspace = workspace
        self._clock = clock
        self._checker = checker
        # The screen checks in threads, so a first use may come from two sides at once.
        self._lock = RLock()
        self._store: Store | None = None
        self._prepared = False
        self.notices: tuple[str, ...] = ()

    # -- the workspace and its state ------------------------------------------------------------

    def prepare(self) -> None:
        """Make the workspace and put missing stubs into it. Idempotent; overwrites nothing edited.

        What a learner should be told (a state file set aside, a new stub beside an edited file) is
        added to `notices`.
        """
        with self._lock:
            if not self._prepared:
                self._prepare()

    def _prepare(self) -> None:
        self.workspace.create()
        if self._store is not None:
            self._store.close()
        self._store = Store.open(self.workspace.database, now=self._clock())
        notices = [self._store.notice] if self._store.notice else []
        for name in self.course.exercises:
            stub = self.course.stub(name)
            delivered = self._store.delivered_stub(name)
            if self._store.notice and self.workspace.read_if_any(name) is not None:
                delivered = sha256_of(stub)  # what was delivered was in the file that is damaged
            placed = self.workspace.place_stub(name, stub, delivered=delivered)
            if placed.delivered != delivered:
                self._store.set_delivered_stub(name, placed.delivered)
            if placed.notice:
                notices.append(placed.notice)
        self._prepared = True
        self.notices = tuple(notices)

    @property
    def store(self) -> Store:
        with self._lock:
            if self._store is None:
                self._store = Store.look(self.workspace.database)
            return self._store

    def close(self) -> None:
        with self._lock:
            if self._checker is not None:
                self._checker.close()
            if self._store is not None:
                self._store.close()
                self._store = None

    # -- looking --------------------------------------------------------------------------------

    def exercise(self, name: str) -> Exercise:
        """The exercise of that name; a usage error with the nearest names otherwise."""
        found = self.course.exercises.get(name.removesuffix(".py"))
        if found is None:
            raise _unknown("exercise", name, self.course.exercises)
        return found

    def lesson(self, name: str) -> Lesson:
        """The lesson of that name (with or without its number and ending)."""
        entry = self.course.find_lesson(name)
        if entry is None:
            raise _unknown("lesson", name, [entry.name for entry in self.course.lessons])
        return self.course.lesson(entry.name)

    def brief(self, name: str) -> Brief:
        return self.course.brief(self.exercise(name).name)

    def path(self, name: str) -> Path:
        """Where the learner's file of this exercise is, or will be."""
        return self.workspace.exercise_path(self.exercise(name).name)

    def standing(self, name: str) -> rules.Standing:
        store = self.store
        return rules.standing(store.attempts(name), store.hints(name), store.revealed_at(name))

    def overview(self) -> Overview:
        standings = {name: self.standing(name) for name in self.course.exercises}
        passed = {name: s.status is rules.Status.PASSED for name, s in standings.items()}
        order = [name for entry in self.course.lessons for name in entry.exercises]
        following = next((name for name in order if not passed[name]), "")
        read = self.store.lessons_read()

        def lesson_row(entry: LessonEntry) -> LessonRow:
            rows = tuple(
                ExerciseRow(
                    exercise=self.course.exercises[name],
                    standing=standings[name],
                    is_next=name == following,
                )
                for name in entry.exercises
            )
            return LessonRow(entry=entry, read=entry.name in read, exercises=rows)

        units = tuple(
            UnitRow(title=unit.title, lessons=tuple(map(lesson_row, unit.lessons)))
            for unit in self.course.units
        )
        return Overview(
            title=self.course.title,
            units=units,
            levels=tuple(self._level_rows(passed)),
            level=rules.level_earned(self.course.exercises.values(), passed),
            passed=sum(passed.values()),
            total=len(passed),
            next_exercise=following,
        )

    def _level_rows(self, passed: Mapping[str, bool]) -> Iterator[LevelRow]:
        for number, words in enumerate(self.course.levels, start=1):
            names = [each.name for each in self.course.exercises.values() if each.level == number]
            yield LevelRow(number, words, sum(passed[name] for name in names), len(names))

    # -- checking -------------------------------------------------------------------------------

    @property
    def checker(self) -> Checker:
        with self._lock:
            if self._checker is None:
                from tutor.checking.checker import Checker  # numpy: only for who checks

                self._checker = Checker(self.course)
            return self._checker

    def check(self, name: str, ticket: Cancellation | None = None) -> Verdict:
        """Judge the learner's file as it is on disk now, and keep the attempt (no stub is one).

        Raises `Cancelled` when `ticket` was cancelled by a newer save; nothing is kept then.
        """
        self.prepare()
        exercise = self.exercise(name)
        path = self.path(name)
        verdict, source = self.checker.check_file(exercise, path, ticket)
        if source is not None and not _is_the_stub(verdict):
            self.store.record_attempt(source, verdict, at=self._clock())
        return verdict

    def judge(self, name: str, path: Path, ticket: Cancellation | None = None) -> Verdict:
        """Judge any file against an exercise; leaves no trace."""
        return self.checker.check_file(self.exercise(name), path, ticket)[0]

    def look_further(
        self, verdict: Verdict, ticket: Cancellation | None = None, *, keep: bool = True
    ) -> Verdict:
        """The latest verdict with the causes that only a search finds; takes a moment.

        The same verdict where there is nothing to add. With `keep`, the attempt takes it over.
        """
        further = self.checker.look_further(
            verdict, lambda: ticket is not None and ticket.cancelled
        )
        if keep and further != verdict:
            self.store.replace_verdict(further)
        return further

    def reading(self, link: str) -> Reading | None:
        """The lesson and the section that a diagnosis names; None for none."""
        return self.course.reading(link)

    def current_sha256(self, name: str) -> str:
        """The hash of the bytes that the learner's file holds now; empty when there is none."""
        return sha256_of(self.workspace.read_if_any(self.exercise(name).name))

    def last_attempt(self, name: str) -> Attempt | None:
        attempts = self.store.attempts(self.exercise(name).name)
        return attempts[-1] if attempts else None

    # -- hints and solutions --------------------------------------------------------------------

    def ladder(self, name: str) -> Ladder:
        name = self.exercise(name).name
        hints = self.course.brief(name).hints
        taken, attempts = self.store.hints(name), self.store.attempts(name)
        numbers = {hint.number for hint in taken}
        fitting = attempts[-1].fitting_hints if attempts else ()
        number = rules.next_hint(len(hints), taken, fitting)
        return Ladder(
            shown=tuple(hint for hint in hints if hint.number in numbers),
            total=len(hints),
            next_number=number,
            next_fits=number in fitting,
            next_hint=rules.hint_gate(number, len(hints), taken, attempts, fits=number in fitting),
            solution=rules.solution_gate(len(hints), taken, attempts),
        )

    def take_hint(self, name: str, *, anyway: bool = False) -> Hint | None:
        """Open the next hint if its gate is open or the learner insists; None otherwise."""
        ladder = self.ladder(name)
        hints = self.brief(name).hints
        if not ladder.next_number or not (ladder.next_hint.open or anyway):
            return None
        self.prepare()
        hint = hints[ladder.next_number - 1]
        self.store.take_hint(
            HintTaken(
                exercise=self.exercise(name).name,
                number=hint.number,
                at=self._clock(),
                sha256=self.current_sha256(name),
                anyway=not ladder.next_hint.open,
            )
        )
        return hint

    def solution(self, name: str) -> str | None:
        """The reference's source if its gate is open (recorded as revealed); None otherwise."""
        if not self.ladder(name).solution.open:
            return None
        self.prepare()
        self.store.reveal(self.exercise(name).name, at=self._clock())
        return self.course.solution(self.exercise(name).name)

    # -- versions -------------------------------------------------------------------------------

    def save(self, name: str, source: bytes) -> None:
        """Write the learner's file (for the editor inside the tutor), atomically."""
        self.prepare()
        self.workspace.write(self.exercise(name).name, source)

    def keep_draft(self, name: str, source: bytes) -> None:
        """Keep text that was typed but never saved, so that `history` brings it back."""
        self.prepare()
        name = self.exercise(name).name
        self.store.keep_version(name, source, kind="draft", at=self._clock())

    def history(self, name: str) -> tuple[Version, ...]:
        """Every kept version, oldest first."""
        return self.store.versions(self.exercise(name).name)

    def version_source(self, version: Version) -> bytes:
        return self.store.source(version.sha256)

    def reset(self, name: str) -> Version | None:
        """Put the stub back; the file as it was is kept as a version.

        None if there was nothing to keep: no file, or the stub already.
        """
        self.prepare()
        name = self.exercise(name).name
        stub = self.course.stub(name)
        if self.workspace.read_if_any(name) == stub:
            return None
        kept = self._keep(name, "reset")
        self.workspace.write(name, stub)
        return kept

    def restore(self, name: str, version_id: int) -> Version:
        """Bring a kept version back; the file as it was is kept first."""
        name = self.exercise(name).name
        versions = {version.id: version for version in self.store.versions(name)}
        if version_id not in versions:
            raise UsageError(
                f"{name} has no version {version_id}.",
                hint=f"bp-tutor history {name} lists them.",
            )
        self.prepare()
        source = self.store.source(versions[version_id].sha256)
        self._keep(name, "restore")
        self.workspace.write(name, source)
        return versions[version_id]

    def _keep(self, name: str, kind: KeptKind) -> Version | None:
        source = self.workspace.read_if_any(name)
        if source is None:
            return None
        return self.store.keep_version(name, source, kind=kind, at=self._clock())

    # -- lessons and checkpoints ----------------------------------------------------------------

    def mark_read(self, lesson: str) -> None:
        self.prepare()
        self.store.mark_read(lesson, at=self._clock())

    def answers(self, lesson: str) -> dict[str, Answer]:
        """The learner's answers by checkpoint id."""
        return self.store.answers(lesson)

    def answer(self, lesson: str, checkpoint: str, text: str | None) -> Answer:
        """Commit an answer (None: "I don't know"). A prediction is marked at once.

        A usage error if a prediction holds another count of numbers than is asked for.
        """
        found = {c.id: c for c in self.lesson(lesson).checkpoints}[checkpoint]
        mark: Mark | None = None
        if text is None:
            mark = "wrong"
        elif found.expected is not None:
            if not can_be_marked(text, found.expected):
                raise UsageError(
                    f"Checkpoint {found.number} asks for {_numbers(len(found.expected))}.",
                    hint="Type digits, with spaces between; nothing was committed.",
                )
            mark = mark_prediction(text, found.expected, found.tolerance)
        return self._save_answer(lesson, checkpoint, text, mark)

    def mark_answer(self, lesson: str, checkpoint: str, mark: Mark) -> Answer:
        """The learner's own mark of an answer already committed."""
        given = self.store.answers(lesson)[checkpoint]
        return self._save_answer(lesson, checkpoint, given.text, mark)

    def _save_answer(
        self, lesson: str, checkpoint: str, text: str | None, mark: Mark | None
    ) -> Answer:
        self.prepare()
        answer = Answer(
            lesson=lesson, checkpoint=checkpoint, text=text, mark=mark, at=self._clock()
        )
        self.store.save_answer(answer)
        return answer


def _numbers(count: int) -> str:
    return "one number" if count == 1 else f"{count} numbers"


def _is_the_stub(verdict: Verdict) -> bool:
    return any(finding.kind == "unchanged" for finding in verdict.findings)


def _unknown(kind: str, name: str, known: object) -> UsageError:
    names = [str(each) for each in known]  # type: ignore[attr-defined]
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(names)}."
    return UsageError(f"There is no {kind} {name!r}.", hint=hint)
