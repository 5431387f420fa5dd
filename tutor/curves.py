"""Values that learner code reports while it runs, gathered into curves and drawn as text."""

from __future__ import annotations

import math
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.lending import Followed

MOST_POINTS = 512
NARROWEST = 8  # columns that still show a shape
_BLOCKS = " ▁▂▃▄▅▆▇█"


class Curve(Struct, frozen=True):
    """What one function of `follow` was called with in one case.

    `points` are means over stretches of equal length, in order; NaN where a stretch has no finite
    value. `lowest` is the lowest finite value, NaN if there is none.
    """

    case: str
    name: str
    count: int
    first: float
    last: float
    lowest: float
    points: tuple[float, ...]


class Curves:
    """Gathers values, from any thread; however many they are, a curve stays small."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._growing: dict[tuple[str, str], _Growing] = {}

    def hear(self, followed: Followed) -> None:
        """Take one value. A case that is tried again begins its curve again."""
        place = (followed.case, followed.name)
        with self._lock:
            growing = self._growing.get(place)
            if growing is None or growing.run != followed.run:
                growing = self._growing[place] = _Growing(followed.run, followed.value)
            growing.add(followed.value)

    def now(self) -> tuple[Curve, ...]:
        """The curves as they stand, in the order in which they began."""
        with self._lock:
            return tuple(each.curve(*place) for place, each in self._growing.items())


class _Growing:
    """One curve while values come in. When there are too many points, two become one."""

    def __init__(self, run: int, first: float) -> None:
        self.run = run
        self._count = 0
        self._first = self._last = first
        self._lowest = math.nan
        self._points: list[float] = []
        self._stretch = 1
        self._open: list[float] = []

    def add(self, value: float) -> None:
        self._count += 1
        self._last = value
        if math.isfinite(value) and not value >= self._lowest:
            self._lowest = value
        self._open.append(value)
        if len(self._open) == self._stretch:
            self._points.append(_mean(self._open))
            self._open.clear()
        if len(self._points) == MOST_POINTS:
            pairs = zip(self._points[::2], self._points[1::2], strict=True)
            self._points = [_mean(pair) for pair in pairs]
            self._stretch *= 2

    def curve(self, case: str, name: str) -> Curve:
        unfinished = (_mean(self._open),) if self._open else ()
        return Curve(
            case=case,
            name=name,
            count=self._count,
            first=self._first,
            last=self._last,
            lowest=self._lowest,
            points=(*self._points, *unfinished),
        )


def number(value: float) -> str:
    """A value in few characters: `0.1042`, `2.303`, `nan`."""
    return f"{value:.4g}"


def summary(curve: Curve) -> str:
    """`first 2.303   last 0.1042   lowest 0.1013`."""
    values = {"first": curve.first, "last": curve.last, "lowest": curve.lowest}
    return "   ".join(f"{name} {number(value)}" for name, value in values.items())


def sparkline(curve: Curve, width: int) -> str:
    """The curve in one line of blocks."""
    return _columns(curve.points, width, 1)[0]


def plot(curve: Curve, width: int, height: int) -> list[str]:
    """The curve as `height` lines of blocks, with its highest and lowest point on the left."""
    finite = [point for point in curve.points if math.isfinite(point)]
    labels = [number(max(finite)), number(min(finite))] if finite else ["", ""]
    margin = max(map(len, labels))
    rows = _columns(curve.points, max(NARROWEST, width - margin - 2), height)
    left = [labels[0], *[""] * (height - 2), labels[1]]
    return [f"{label:>{margin}}  {row}".rstrip() for label, row in zip(left, rows, strict=True)]


def _columns(points: Sequence[float], width: int, height: int) -> list[str]:
    """Bars from the bottom, in eighths of a line; nothing stands where no point is finite."""
    columns = _resampled(points, width)
    finite = [point for point in columns if math.isfinite(point)]
    if not finite:
        return [" " * width] * height
    # Halves, because the span of two large numbers may be too large for a float.
    low, span = min(finite) / 2, max(finite) / 2 - min(finite) / 2
    steps = 8 * height - 1
    eighths = [
        1 + round(steps * ((point / 2 - low) / span if span else 0.5))
        if math.isfinite(point)
        else 0
        for point in columns
    ]
    return [
        "".join(_BLOCKS[max(0, min(8, each - 8 * row))] for each in eighths)
        for row in reversed(range(height))
    ]


def _resampled(points: Sequence[float], width: int) -> list[float]:
    """As many points as there are columns: stretched, or means of neighbours."""
    count = len(points)
    if count <= width:
        return [points[column * count // width] for column in range(width)]
    edges = [column * count // width for column in range(width + 1)]
    return [_mean(points[start:end]) for start, end in pairwise(edges)]


def _mean(values: Sequence[float]) -> float:
    finite = [value for value in values if math.isfinite(value)]
    return sum(value / len(finite) for value in finite) if finite else math.nan
