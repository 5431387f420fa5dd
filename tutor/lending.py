"""What checks hand to learner code, or ask about it, that means more than it looks like.

For the reference, which runs in the tutor's own process, each of these is what it looks like. On
the way to a worker a lent array stays writable, a generator is made anew from its seed, and a
call is measured where it runs.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray


def lend(array: NDArray[Any]) -> NDArray[Any]:
    """Pass `array` to learner code writable, and look afterwards whether it was changed.

    Arrays are read-only otherwise, so that a write into `x` or `grad_output` raises on the
    learner's own line. `numerical_gradient` is a function that may nudge `x` and put it back.
    """
    from tutor.lent import LentArray  # numpy

    return array.copy(order="K").view(LentArray)


def seeded(seed: int) -> np.random.Generator:
    """A random generator that learner code gets as one made from the same seed."""
    from tutor.lent import SeededGenerator  # numpy

    return SeededGenerator(seed)


def measured(function: Callable[..., Any], *args: Any) -> tuple[Any, int]:
    """Call `function`; its result, and the peak of the bytes allocated while it ran.

    What was allocated before does not count, even if the function frees it.
    """
    ask = getattr(function, "measured", None)
    if ask is not None:  # a learner's function: it is measured in its own process
        return ask(*args)  # type: ignore[no-any-return]
    import tracemalloc

    tracemalloc.start()
    try:
        value = function(*args)
        return value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class Limited(Struct, frozen=True):
    """A number that must lie within bounds, in place of an array with a right value."""

    value: Any
    least: float = -math.inf
    most: float = math.inf
    unit: str = ""


def at_most(value: Any, limit: float, unit: str = "") -> Limited:
    """For a probe to yield: right if `value` is no more than `limit`."""
    return Limited(value, most=limit, unit=unit)


def at_least(value: Any, limit: float, unit: str = "") -> Limited:
    """For a probe to yield: right if `value` is no less than `limit`."""
    return Limited(value, least=limit, unit=unit)


class Follower(Struct, frozen=True):
    """A function that learner code calls with a number now and then, to be drawn as a curve."""

    name: str

    def __call__(self, value: Any) -> None:
        """For the reference, nobody watches."""


class Followed(Struct, frozen=True):
    """A number that learner code has reported, and in which case.

    `run` tells the functions apart that were handed out: a case may be tried more than once.
    """

    case: str
    name: str
    run: int
    value: float


def follow(name: str) -> Follower:
    """A function for learner code to report `name` (such as a loss) with while it runs."""
    return Follower(name)
