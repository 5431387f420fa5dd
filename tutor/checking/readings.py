"""Claimed gradients beside measured slopes: whether they agree, or part, or it cannot be told.

A claim is contradicted only where it lies outside three error bars of a slope, and only where such
a bar is a millionth of the slope's scale or less. On a kink it may be anything between the
one-sided slopes. Everything else is undecided here: the caller moves the point.

Four points are enough for most of it. They show no error bar that could be relied on, so they only
decide what is plain: claims next to the slope are right, claims far from it are not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import Enum
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.checking.derivatives import Floats, Objective, Point, Slopes

BARS = 3
# Relative to the scale of a slope:
SURE = 1e-6  # a wider bar decides nothing
CLOSE = 1e-8  # as far as a claim may be from a slope at a glance
GROSS = 1e-4  # what is further off than that is wrong, even at a glance
FAINT = 1e-3  # of the objective itself; slopes that are smaller matter less

Flags = NDArray[np.bool_]


class Agreement(Enum):
    """How a claimed gradient stands to the measured slopes."""

    AGREES = "agrees"
    PARTS = "parts"
    UNSURE = "unsure"


class Claim(Struct, frozen=True):
    """That `gradient` holds the slopes by a quantity, entry by entry, in the quantity's shape.

    Entries may be off by `tolerance`, relative to the largest of them.
    """

    quantity: str
    gradient: NDArray[Any]
    tolerance: float = 0.0

    @property
    def largest(self) -> float:
        return float(np.abs(self.gradient).max(initial=0.0))

    @property
    def slack(self) -> float:
        return self.tolerance * self.largest


class Statement(Struct, frozen=True):
    """What claims say of the slopes along D directions, in L lanes each.

    `slopes` is of shape (D, L), as are `largest`, the size of what they are added up from, and
    `slack`, what they may be off by. Lanes are apart along `lane_axis` of the output, if it is set.
    """

    directions: Callable[[], Iterable[Point]]
    slopes: Floats
    largest: Floats
    slack: Floats
    lane_axis: int | None = None


def along(claims: Collection[Claim], directions: list[Point]) -> Statement:
    """About directions that move many entries, of the quantities of all claims: in one lane."""
    slopes, largest, slack = np.zeros((3, len(directions), 1))
    for row, direction in enumerate(directions):
        shares = [(claim.gradient * direction[claim.quantity]).reshape(-1) for claim in claims]
        slopes[row] = sum(share.sum() for share in shares)
        largest[row] = np.linalg.norm(np.concatenate(shares))
        lengths = [np.linalg.norm(direction[claim.quantity]) for claim in claims]
        # What the entries are off by adds up like noise: the signs of a direction are random.
        off = [claim.slack * length for claim, length in zip(claims, lengths, strict=True)]
        slack[row] = BARS * np.linalg.norm(off)
    return Statement(lambda: directions, slopes, largest, slack)


def entries(claim: Claim, groups: NDArray[np.intp], lane_axis: int | None = None) -> Statement:
    """About entries of one claim, counted through the flattened array: (D, L).

    A row of them is moved together, one entry for each lane.
    """
    slopes = np.asarray(claim.gradient, float).reshape(-1)[groups]
    return Statement(
        lambda: (only(claim, group) for group in groups),
        slopes,
        np.full_like(slopes, claim.largest),
        np.full_like(slopes, claim.slack),
        lane_axis,
    )


def only(claim: Claim, chosen: NDArray[np.intp], moves: Floats | float = 1.0) -> Point:
    """The direction that moves these entries, counted through the flattened array, alone."""
    direction = np.zeros(claim.gradient.shape)
    direction.reshape(-1)[chosen] = moves
    return {claim.quantity: direction}


class Reading(Struct, frozen=True):
    """Stated slopes beside measured ones: (D, L) each.

    `off` is how far they are apart, beyond the slack. `agrees` and `parts` are never true together;
    where neither is, nothing can be said. `smooth` tells where there is no kink to speak of.
    """

    stated: Floats
    measured: Floats
    bar: Floats
    off: Floats
    agrees: Flags
    parts: Flags
    smooth: Flags

    @property
    def right(self) -> Flags:
        return self.agrees & self.smooth

    def agreement(self) -> Agreement:
        """Of all together. Where many entries move, a place between two slopes says little."""
        if self.parts.any():
            return Agreement.PARTS
        return Agreement.AGREES if self.right.all() else Agreement.UNSURE

    def furthest(self) -> tuple[int, int]:
        """The direction and the lane that part by the most."""
        off = np.where(self.parts, self.off, -1.0)
        row, lane = np.unravel_index(int(np.argmax(off)), off.shape)
        return int(row), int(lane)


def look(statement: Statement, objective: Objective) -> Reading:
    """At a glance; in full if that leaves anything open."""
    reading = glance(statement, objective)
    clear = (reading.right | reading.parts).all()
    return reading if clear else measure(statement, objective)


def glance(statement: Statement, objective: Objective) -> Reading:
    """By four points for each direction: enough to see what is right and what is far off."""
    slopes = objective.glance(statement.directions(), statement.lane_axis)
    off, scale = _apart(statement, slopes, objective)
    known = slopes.error <= SURE * scale
    smooth = slopes.kink <= SURE * scale
    return Reading(
        statement.slopes,
        slopes.value,
        BARS * slopes.error,
        off,
        agrees=known & (off <= CLOSE * scale),
        parts=known & smooth & (off > GROSS * scale),
        smooth=smooth,
    )


def measure(statement: Statement, objective: Objective) -> Reading:
    """By 22 points for each direction, against error bars."""
    slopes = objective.slopes(statement.directions(), statement.lane_axis)
    off, scale = _apart(statement, slopes, objective)
    known = slopes.error <= SURE * scale
    bar = BARS * slopes.error
    return Reading(
        statement.slopes,
        slopes.value,
        bar,
        off,
        # At a kink, anything between the one-sided slopes will do,
        agrees=known & (off <= bar + slopes.kink / 2),
        # and nothing is wrong for sure: there may be several kinks in the same place.
        parts=known & (off > bar) & (slopes.kink == 0),
        smooth=slopes.kink <= SURE * scale,
    )


def _apart(statement: Statement, slopes: Slopes, objective: Objective) -> tuple[Floats, Floats]:
    """How far stated and measured slopes are apart, and the scale to see that at: (D, L) each.

    The scale is that of the claim, of the slope itself, or a faint part of the objective.
    """
    off = np.maximum(np.abs(statement.slopes - slopes.value) - statement.slack, 0.0)
    least = FAINT * objective.size(statement.lane_axis)
    scale = np.maximum(np.maximum(np.abs(slopes.value), statement.largest), least)
    return off, scale
