"""Numerical derivatives of the learner's own forward, along random directions.

Central differences. Where the slopes to either side of the point differ, it is at a kink (or too
curved to tell) and the answer is "cannot say" instead of a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

# A kink between two points is less likely for a smaller step; rounding is worse.
STEPS = (1e-5, 1e-5, 1e-5, 1.5e-7)
CONFIRMING = 8
RELATIVE_BAR = 1e-6
BEND = 1e-3
UNIT_ROUNDOFF = 1.1e-16

Point = dict[str, NDArray[Any]]
Evaluate = Callable[[list[Point]], list[float]]


class Agreement(Enum):
    """How a claimed gradient stands to a measured slope."""

    AGREES = "agrees"
    PARTS = "parts"
    UNSURE = "unsure"


class Claim(Struct, frozen=True):
    """That `gradient` is the gradient of an objective at the point `at`, by quantity."""

    at: Point
    gradient: Point


def compare(
    claims: Mapping[str, Claim], evaluate: Evaluate, rng: np.random.Generator
) -> dict[str, Agreement]:
    """Measure the slope of the objective along a random direction for every claim.

    One random direction sees an error in any entry, so all claims are tried in one go first, along
    a direction that moves every quantity. `evaluate` gives the objective's values at points.
    """
    if len(claims) > 1:
        together = Claim(
            {quantity: at for claim in claims.values() for quantity, at in claim.at.items()},
            {quantity: g for claim in claims.values() for quantity, g in claim.gradient.items()},
        )
        if _try(together, evaluate, rng, STEPS[:1]) is Agreement.AGREES:
            return dict.fromkeys(claims, Agreement.AGREES)
    return {name: _try(claim, evaluate, rng, STEPS) for name, claim in claims.items()}


def _try(
    claim: Claim, evaluate: Evaluate, rng: np.random.Generator, steps: tuple[float, ...]
) -> Agreement:
    if all(at.size == 0 for at in claim.at.values()):
        return Agreement.UNSURE
    parted = 0
    for step in steps:
        direction = {quantity: rng.normal(size=at.shape) for quantity, at in claim.at.items()}
        agreement, off = _measure(claim, direction, step, evaluate)
        if agreement is Agreement.PARTS:
            # What truncation leaves shrinks with the step; what is wrong stays.
            confirmed, still_off = _measure(claim, direction, step / CONFIRMING, evaluate)
            if confirmed is not Agreement.PARTS or abs(off - still_off) > abs(off) / 2:
                continue
            parted += 1
        if agreement is Agreement.AGREES or parted == 2:  # one direction may be an unlucky one
            return agreement
    return Agreement.UNSURE


def _measure(
    claim: Claim, direction: Point, step: float, evaluate: Evaluate
) -> tuple[Agreement, float]:
    """How the claimed slope along `direction` stands to the central difference, and how far off.

    The difference errs by step² · f‴ / 6, and by rounding of values and arguments over the step.
    """
    line = [_moved(claim.at, direction, times * step) for times in (-1, 0, 1)]
    behind, here, ahead = values = evaluate(line)
    slope = (ahead - behind) / (2 * step)
    parts = [claim.gradient[quantity] * moved for quantity, moved in direction.items()]
    claimed = sum(float(part.sum()) for part in parts)
    size = max(sum(float((part**2).sum()) for part in parts) ** 0.5, abs(slope))
    weight = sum(float(np.abs(claim.gradient[q] * at).sum()) for q, at in claim.at.items())
    noise = 100 * UNIT_ROUNDOFF * (max(map(abs, values)) + weight) / step
    bend = abs((ahead - here) - (here - behind)) / step
    if not all(map(np.isfinite, (slope, claimed, size, bend, noise))):
        return Agreement.UNSURE, 0.0
    if bend > BEND * size + noise:
        return Agreement.UNSURE, 0.0
    off = claimed - slope
    if abs(off) <= RELATIVE_BAR * size + noise:
        return Agreement.AGREES, off
    # A kink right here, however slight, may account for as much as the bend.
    return (Agreement.PARTS if abs(off) > 2 * bend + noise else Agreement.UNSURE), off


def _moved(at: Point, direction: Point, by: float) -> Point:
    return {quantity: value + by * direction[quantity] for quantity, value in at.items()}
