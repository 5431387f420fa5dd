"""What is known about one version of a learner's file when its mistakes are to be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.spec import Case, Check

Array = NDArray[Any]

SAME = 1e-9
ROUNDED = 1e-5  # relative: numbers that are this close were meant to be right
NUMERIC = "biuf"


class Failure(Struct, frozen=True):
    """Learner code that did not get through: how, where, and what there is instead.

    `kind`, `where`, `message` and `known` are the worker's words; `lines` the learner's own line
    numbers, outermost first.
    """

    kind: str
    error: str
    message: str
    where: str
    known: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


class Sample(Struct, frozen=True):
    """One thing that was tried: what is right there, and what the learner's code gave.

    `kind` is empty for a case of the check and names the circumstance otherwise; `play` does the
    same with any module. `wrong` are the arrays that are not right. `bars` are the differences
    that count as equal. Arrays behind a failure are missing in `yours`.
    """

    case: Case
    kind: str
    play: Any
    other: Case | None
    right: Mapping[str, Array]
    bars: Mapping[str, float]
    yours: Mapping[str, Any]
    wrong: frozenset[str]
    failure: Failure | None = None

    @property
    def name(self) -> str:
        return self.case.name

    def array(self, name: str) -> Array | None:
        """The learner's array of that name, if it is one (or a number)."""
        value = self.yours.get(name)
        if isinstance(value, (np.ndarray, np.generic, float, int)):
            array = np.asarray(value)
            return array if array.dtype.kind in NUMERIC else None
        return None


class Evidence(Struct, frozen=True):
    """Everything that one run of a check came to. `source` is the judged file's text.

    `renamed` maps the names that the check asks for to those that were found in their place.
    """

    check: Check
    samples: tuple[Sample, ...]
    source: str
    renamed: Mapping[str, str] = {}

    @property
    def wrong(self) -> tuple[str, ...]:
        """The arrays that are wrong somewhere, in the order of the probe."""
        return tuple(name for name in self.arrays if any(name in s.wrong for s in self.samples))

    @property
    def arrays(self) -> tuple[str, ...]:
        """All arrays, in the order of the probe."""
        names = [name for sample in self.samples for name in sample.right]
        return tuple(dict.fromkeys(names))


def is_far_off(evidence: Evidence, name: str) -> bool:
    """Whether an array is wrong by more than rounding somewhere, so that its numbers tell."""
    for sample in evidence.samples:
        yours, right = sample.array(name), sample.right.get(name)
        if name not in sample.wrong or yours is None or right is None:
            continue
        if yours.shape != right.shape:
            return True
        if right.dtype.kind not in NUMERIC or not np.isfinite(yours).all():
            return True
        if (np.abs(yours - right) > ROUNDED * np.abs(right).max(initial=0.0)).any():
            return True
    return False


def same(one: Array, other: Array, bar: float = 0.0) -> bool:
    """Whether two arrays are equal but for rounding: SAME of the largest entry, or `bar`.

    NaN and infinities must stand in the same places.
    """
    if one.shape != other.shape:
        return False
    if one.dtype.kind not in NUMERIC or other.dtype.kind not in NUMERIC:
        return bool(np.array_equal(one, other))  # words, such as the name of an illness
    finite = np.isfinite(other)
    if not np.array_equal(finite, np.isfinite(one)):
        return False
    if not finite.all():
        strange_one, strange_other = one[~finite], other[~finite]
        if not np.array_equal(strange_one, strange_other, equal_nan=True):
            return False
        one, other = one[finite], other[finite]
    if not one.size:
        return True
    allowed = max(bar, SAME * float(np.abs(other).max()))
    return bool((np.abs(one - other) <= allowed).all())
