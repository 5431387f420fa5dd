"""Slopes of code that can only be called, each with an error bar that covers its error.

An objective is a weighted sum of an output's entries. Along a line through a point it is a function
of one number t. Its slope at t = 0 is measured with steps h, each a quarter of the one before:

- A central difference errs by h² f‴/6 and higher powers of h. Richardson's extrapolation of two of
  them removes the first.
- Large steps suffer from curvature, small ones from rounding. The error bar of each estimate is
  what it differs by from the next larger step's and from all smaller steps', beyond what rounding
  explains. The estimate with the smallest bar is taken. The smaller steps matter: where a kink is
  near, those that reach over it agree with each other and are wrong.
- Rounding is measured: nine points are so close together that the objective is a straight line
  there, and what they are off that line is noise.
- A kink in the point itself leaves all central differences alike. It is seen in the second
  differences, which extrapolate to the jump between the one-sided slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = dict[str, NDArray[Any]]
Evaluate = Callable[[list[Point]], list[Any]]

UNIT_ROUNDOFF = 2.0**-53
STEPS: Floats = 1e-2 * 4.0 ** -np.arange(7.0)
# About 1e-9 apart, but not evenly: a point's own rounding could happen to fit an even distance, and
# would not show.
NEARBY: Floats = 1e-9 * np.array([-4.1, -3.3, -1.9, -0.8, 1.3, 2.2, 2.9, 4.4])
MOST_ENTRIES = 2**17  # of all points at a time: more is slow, memory comes and goes
MOST_POINTS = 1000


class Slopes(Struct, frozen=True):
    """What was measured, for D directions and L lanes: arrays of shape (D, L).

    `error` is to be taken three times for a bound. `kink` is the jump between the one-sided slopes,
    0 where none can be seen. NaN and infinite errors say that nothing is known.
    """

    value: Floats
    error: Floats
    kink: Floats


class Objective:
    """The sum of `upstream * output`, as a function of the quantities that the output depends on.

    `at` is the point around which slopes are taken and `output` what the code gives there, in the
    shape of `upstream`. `evaluate` takes points and gives an output for each; a point holds the
    moved quantities only. Outputs of another form raise TypeError or ValueError.
    """

    def __init__(
        self, evaluate: Evaluate, upstream: Any, at: Mapping[str, NDArray[Any]], output: Any
    ) -> None:
        self.at = at
        self._evaluate = evaluate
        self._upstream = np.asarray(upstream, float)
        self._output = self._checked([output], 1)[0]
        entries = self._output.size + sum(array.size for array in at.values())
        self._at_once = min(MOST_POINTS, max(1, MOST_ENTRIES // max(1, entries)))

    def slopes(self, directions: Iterable[Point], lane_axis: int | None = None) -> Slopes:
        """The slopes along each direction.

        With `lane_axis` the objective is taken apart along that axis of the output, one lane for
        each index.
        """
        moved = self._moved(directions, np.concatenate([STEPS, -STEPS, NEARBY]), lane_axis)
        ahead, behind, near = np.split(moved, [len(STEPS), 2 * len(STEPS)], axis=1)
        over = STEPS[:, np.newaxis]
        with np.errstate(all="ignore"):
            noise = np.maximum(_scatter(near), self._rounding(ahead, behind, lane_axis))
            # Extrapolated, a central difference carries 0.8 noise / h, a second one 3 noise / h.
            value, error = _climb((ahead - behind) / (2 * over), 2 * noise / over, order=2)
            jump, blur = _climb((ahead + behind) / over, 4 * noise / over, order=1)
            kink = np.where(np.abs(jump) > 3 * blur, np.abs(jump), 0.0)
        # A kink that is lost in the blur may still bend the slope by half of it.
        return Slopes(value, error + blur / 2, kink)

    def glance(self, directions: Iterable[Point], lane_axis: int | None = None) -> Slopes:
        """The slopes from four points each. Good for a gross judgement: noise is not measured.

        `error` is what the extrapolation removed, `kink` what it leaves of the second differences.
        """
        steps = STEPS[2:4]
        moved = self._moved(directions, np.concatenate([steps, -steps]), lane_axis)
        ahead, behind, over = moved[:, :2], moved[:, 2:], steps[:, np.newaxis]
        with np.errstate(all="ignore"):
            central, second = (ahead - behind) / (2 * over), (ahead + behind) / over
            value = central[:, 1] + (central[:, 1] - central[:, 0]) / 15
            jump = second[:, 1] + (second[:, 1] - second[:, 0]) / 3
        return Slopes(value, np.abs(value - central[:, 0]), np.abs(jump))

    def size(self, lane_axis: int | None = None) -> Floats:
        """The sum of the absolute weighted entries, for each lane: (L,)."""
        weighted = np.abs(self._upstream * self._output)
        return np.asarray(self._summed(weighted[np.newaxis], lane_axis)[0])

    def _moved(self, directions: Iterable[Point], times: Floats, lane_axis: int | None) -> Floats:
        """How far the objective moves from where it is at t = 0: (D, times, L)."""
        points = (
            {name: self.at[name] + t * moves for name, moves in direction.items()}
            for direction in directions
            for t in times
        )
        lanes = 1 if lane_axis is None else self._output.shape[lane_axis]
        moved = [np.zeros((0, lanes))]
        with np.errstate(all="ignore"):
            while batch := list(islice(points, self._at_once)):
                outputs = self._checked(self._evaluate(batch), len(batch))
                # Entry by entry before they are added up: a large constant adds no noise.
                moved.append(self._summed(self._upstream * (outputs - self._output), lane_axis))
        return np.concatenate(moved).reshape(-1, len(times), lanes)

    def _checked(self, outputs: list[Any], count: int) -> Floats:
        """As one array: (count, *output)."""
        array: NDArray[Any] = np.array(outputs)
        if array.dtype.kind not in "fiub":
            raise TypeError(f"no slopes of {array.dtype}")
        if array.shape != (count, *self._upstream.shape):
            shape = array.shape[1:]
            raise ValueError(f"an output of shape {shape}, not {self._upstream.shape}")
        return array.astype(float, copy=False)

    def _summed(self, weighted: Floats, lane_axis: int | None) -> Floats:
        """Each output added up, its lanes apart: (count, L)."""
        if lane_axis is None:
            lanes = weighted[:, np.newaxis]
        else:
            axis = lane_axis % (weighted.ndim - 1)
            lanes = np.moveaxis(weighted, 1 + axis, 1)
        return np.asarray(lanes.reshape(*lanes.shape[:2], -1).sum(axis=2))

    def _rounding(self, ahead: Floats, behind: Floats, lane_axis: int | None) -> Floats:
        """What the noise is at least, measured or not: (D, K, L)."""
        size = self.size(lane_axis)
        terms = max(1.0, self._output.size / max(1, len(size)))
        largest = np.fmax(np.abs(ahead), np.abs(behind))
        return np.asarray(UNIT_ROUNDOFF * np.fmax(largest, size / (4 * terms**0.5)))


def _scatter(near: Floats) -> Floats:
    """The noise's standard deviation: how far NEARBY and t = 0 are off a straight line: (D, 1, L).

    `near` holds the objective at NEARBY, less its value at 0.
    """
    line = np.concatenate([np.zeros_like(near[:, :1]), near], axis=1)
    off = line - _STRAIGHT @ (_STRAIGHT.T @ line)
    return np.asarray(np.sqrt(np.sum(off**2, axis=1, keepdims=True) / (line.shape[1] - 2)))


def _straight_lines() -> Floats:
    """An orthonormal basis of all straight lines, at t = 0 and NEARBY: (9, 2)."""
    times = np.concatenate([[0.0], NEARBY])
    return np.asarray(np.linalg.qr(np.stack([np.ones_like(times), times], axis=1))[0])


_STRAIGHT = _straight_lines()


def _climb(rungs: Floats, blur: Floats, order: int) -> tuple[Floats, Floats]:
    """Extrapolate estimates whose error is led by h^order, and take the surest with its error.

    Estimates and their `blur`, what rounding may do to each of them, are of shape (D, K, L) for K
    steps; the results are of shape (D, L).
    """
    better = rungs.copy()
    better[:, 1:] += np.diff(rungs, axis=1) / (4.0**order - 1)
    differ = np.abs(np.diff(better, axis=1))
    errors = blur + np.concatenate([differ[:, :1], differ], axis=1)
    for rung in range(rungs.shape[1] - 1):
        here, finer = slice(rung, rung + 1), slice(rung + 1, None)
        apart = np.abs(better[:, finer] - better[:, here]) - 2 * blur[:, finer] + blur[:, here]
        errors[:, rung] = np.fmax(errors[:, rung], np.fmax.reduce(apart, axis=1))
    errors[~np.isfinite(errors)] = np.inf  # steps that go too far; shorter ones may do
    surest = np.argmin(errors, axis=1)
    row, lane = np.ogrid[: surest.shape[0], : surest.shape[1]]
    return better[row, surest, lane], errors[row, surest, lane]
