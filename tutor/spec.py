"""The words of a course as values: units, lessons, checkpoints, exercises, hints.

This module knows no lesson and no layer. Check files import `Case`, `misconception` and the
functions for learner code from here, and nothing else of the tutor.
"""

from __future__ import annotations

from msgspec import Struct

from tutor.cases import Case, Check, Misconception, Probe, misconception
from tutor.lending import at_least, at_most, follow, lend, measured, seeded

__all__ = [
    "Brief",
    "Case",
    "Check",
    "Checkpoint",
    "Exercise",
    "Hint",
    "Lesson",
    "LessonEntry",
    "Misconception",
    "Probe",
    "Prose",
    "Unit",
    "at_least",
    "at_most",
    "follow",
    "lend",
    "measured",
    "misconception",
    "seeded",
]


class Hint(Struct, frozen=True):
    """One rung of a hint ladder; `number` counts from 1."""

    number: int
    title: str
    text: str


class Brief(Struct, frozen=True):
    """What an exercise asks, in Markdown, and its hint ladder."""

    title: str
    text: str
    hints: tuple[Hint, ...]


class Prose(Struct, frozen=True):
    """A run of Markdown between two checkpoints."""

    text: str


class Checkpoint(Struct, frozen=True):
    """A question with a hidden answer.

    `expected` holds the numbers of a prediction that the tutor marks itself (a shape is its
    sizes), within `tolerance` (absolute); it is None where learners mark themselves.
    """

    id: str
    number: int
    question: str
    answer: str
    expected: tuple[float, ...] | None = None
    tolerance: float = 0.0


class Lesson(Struct, frozen=True):
    """One lesson, as the alternation of prose and checkpoints that it is."""

    name: str
    title: str
    blocks: tuple[Prose | Checkpoint, ...]

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Checkpoint))


class Exercise(Struct, frozen=True):
    """The manifest's entry of one exercise.

    `level` is the level (1 to 4) that passing it counts towards, 0 for none; `needs` names the
    exercises that come before; `seconds` and `memory_mb` bound the learner's code in one check.
    `check` names another exercise whose check file judges this one, too; empty for its own.
    """

    name: str
    title: str
    level: int = 0
    needs: tuple[str, ...] = ()
    seconds: float = 5.0
    memory_mb: int = 512
    check: str = ""


class LessonEntry(Struct, frozen=True):
    """The manifest's entry of one lesson: its file and the exercises it leads to."""

    name: str
    title: str
    file: str
    exercises: tuple[str, ...] = ()


class Unit(Struct, frozen=True):
    """A group of lessons under one title."""

    title: str
    lessons: tuple[LessonEntry, ...]
