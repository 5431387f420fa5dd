"""The words of a course as values: units, lessons, checkpoints, exercises, hints, cases.

This module knows no lesson and no layer. Check files import `Case`, `lend` and
`seeded` from here and nothing else of the tutor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[Any]


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
    """

    name: str
    title: str
    level: int = 0
    needs: tuple[str, ...] = ()
    seconds: float = 5.0
    memory_mb: int = 512


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


class Case:
    """One set of inputs of a check, with a name that says why it exists.

    Quantities are attributes: `Case("one row", x=x, W=W).x`. Frozen; `replace` makes another.
    """

    __slots__ = ("_quantities", "name")

    name: str

    def __init__(self, name: str, /, **quantities: Any) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_quantities", quantities)

    def __getattr__(self, quantity: str) -> Any:
        try:
            return object.__getattribute__(self, "_quantities")[quantity]
        except KeyError:
            raise AttributeError(
                f"case {self.name!r} has no quantity {quantity!r}; it has {', '.join(self)}"
            ) from None

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError("a Case is frozen; use replace()")

    def __contains__(self, quantity: object) -> bool:
        return quantity in self._quantities

    def __iter__(self) -> Iterator[str]:
        return iter(self._quantities)

    def replace(self, **quantities: Any) -> Case:
        """The same case with some quantities exchanged."""
        return Case(self.name, **{**self._quantities, **quantities})

    def __repr__(self) -> str:
        return f"Case({self.name!r}, {', '.join(self)})"


def lend(array: Array) -> Array:
    """Pass `array` to learner code writable, and look afterwards whether it was changed.

    Arrays are read-only otherwise, so that a write into `x` or `grad_output` raises on the
    learner's own line. `numerical_gradient` is a function that may nudge `x` and put it back.
    """
    from tutor.lending import LentArray

    return array.copy(order="K").view(LentArray)


def seeded(seed: int) -> np.random.Generator:
    """A random generator that learner code gets as one made from the same seed."""
    from tutor.lending import SeededGenerator

    return SeededGenerator(seed)


Probe = Callable[[Any, Case], Iterable[tuple[str, Any]]]


class Check:
    """A check file, loaded: what to call, on which cases, and which arrays are gradients.

    `gradients` maps an array of the probe to the quantity that it differentiates by; arrays that
    are not in it belong to the forward pass. `tolerance` is relative to an array's largest entry.
    """

    def __init__(
        self,
        *,
        cases: Callable[[np.random.Generator], Iterable[Case]],
        probe: Probe,
        reference: Any,
        gradients: Mapping[str, str],
        tolerance: float,
    ) -> None:
        self.cases = cases
        self.probe = probe
        self.reference = reference
        self.gradients = gradients
        self.tolerance = tolerance
