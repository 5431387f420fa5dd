"""The course as one line of things to do, and what comes next on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.progress.rules import Standing, Status
from tutor.session import Overview

Kind = Literal["lesson", "exercise"]


@dataclass(frozen=True)
class Stop:
    """One thing to do: a lesson or an exercise, with its status in words.

    An unread lesson has no words. `needs` names the exercises that come before and are not
    passed yet.
    """

    kind: Kind
    name: str
    title: str
    done: bool
    words: str
    lesson: str
    needs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Leg:
    """One unit of the course with its stops."""

    number: int
    title: str
    stops: tuple[Stop, ...]


def legs(overview: Overview) -> tuple[Leg, ...]:
    """The whole course in its order, unit by unit."""
    passed = {
        row.exercise.name
        for unit in overview.units
        for lesson in unit.lessons
        for row in lesson.exercises
        if row.standing.status is Status.PASSED
    }
    result = []
    for number, unit in enumerate(overview.units):
        stops: list[Stop] = []
        for lesson in unit.lessons:
            name = lesson.entry.name
            words = "read" if lesson.read else ""
            stops.append(Stop("lesson", name, lesson.entry.title, lesson.read, words, name))
            stops += [
                Stop(
                    kind="exercise",
                    name=row.exercise.name,
                    title=row.exercise.name,
                    done=row.exercise.name in passed,
                    words=row.standing.words(),
                    lesson=name,
                    needs=tuple(each for each in row.exercise.needs if each not in passed),
                )
                for row in lesson.exercises
            ]
        result.append(Leg(number, unit.title, tuple(stops)))
    return tuple(result)


def stops(overview: Overview) -> tuple[Stop, ...]:
    """All stops of the course in order."""
    return tuple(stop for leg in legs(overview) for stop in leg.stops)


def upcoming(overview: Overview) -> Stop | None:
    """Where to go on: the stretch of undone stops that ends with the next exercise, its first.

    Lessons that a learner has left out before an exercise already passed do not call them back.
    None when nothing is left.
    """
    line = stops(overview)
    goal = next((n for n, stop in enumerate(line) if _is_next(stop, overview)), None)
    if goal is None:
        return next((stop for stop in line if not stop.done), None)
    start = goal
    while start > 0 and not line[start - 1].done:
        start -= 1
    return line[start]


def after(overview: Overview, kind: Kind, name: str) -> Stop | None:
    """The stop that follows in the course's order; None at its end."""
    line = stops(overview)
    here = [n for n, stop in enumerate(line) if stop.kind == kind and stop.name == name]
    if not here or here[0] + 1 >= len(line):
        return None
    return line[here[0] + 1]


def standing(overview: Overview | None, exercise: str) -> Standing | None:
    """Where the learner stands with an exercise; None while that is not known."""
    rows = (
        row
        for unit in (overview.units if overview else ())
        for lesson in unit.lessons
        for row in lesson.exercises
    )
    return next((row.standing for row in rows if row.exercise.name == exercise), None)


def _is_next(stop: Stop, overview: Overview) -> bool:
    return stop.kind == "exercise" and stop.name == overview.next_exercise
