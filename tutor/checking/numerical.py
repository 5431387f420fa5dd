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

# Steps relative to the largest entry. A kink in between is less likely for the smaller ones;
# rounding is worse.
STEPS = (1e-5, 1e-5, 1.5e-7)
RELATIVE_BAR = 1e-6
BEND = 1e-3
UNIT_ROUNDOFF = 1.1e-16

Points = Mapping[str, list[NDArray[Any]]]
Evaluate = Callable[[Points], dict[str, list[float]]]


class Agreement(Enum):
    """How a claimed gradient stands to a measured slope."""

    AGREES = "agrees"
    PARTS = "parts"
    UNSURE = "unsure"


class Claim(Struct, frozen=True):
    """That `gradient` is the gradient of an objective by a quantity whose value is `at`."""

    quantity: str
    at: NDArray[Any]
    gradient: NDArray[Any]


def compare(
    claims: Mapping[str, Claim], evaluate: Evaluate, rng: np.random.Generator
) -> dict[str, Agreement]:
    """Measure the slope of the objective along a random direction for every claim.

    One random direction sees an error in any entry. `evaluate` maps points by claim to values of
    the objective; claims that a first direction leaves undecided get another one.
    """
    decided: dict[str, Agreement] = {}
    for relative_step in STEPS:
        open_claims = {
            name: claim for name, claim in claims.items() if name not in decided and claim.at.size
        }
        if not open_claims:
            break
        lines = {name: _line(claim, relative_step, rng) for name, claim in open_claims.items()}
        values = evaluate({name: line.points for name, line in lines.items()})
        for name, claim in open_claims.items():
            agreement = _decide(claim, lines[name], values[name])
            if agreement is not Agreement.UNSURE:
                decided[name] = agreement
    return {name: decided.get(name, Agreement.UNSURE) for name in claims}


class _Line(Struct, frozen=True):
    """Three points along a direction: behind, here, ahead."""

    direction: NDArray[Any]
    step: float
    points: list[NDArray[Any]]


def _line(claim: Claim, relative_step: float, rng: np.random.Generator) -> _Line:
    direction = rng.normal(size=claim.at.shape)
    step = relative_step * max(1.0, float(np.abs(claim.at).max()))
    move = step * direction
    return _Line(direction, step, [claim.at - move, claim.at, claim.at + move])


def _decide(claim: Claim, line: _Line, values: list[float]) -> Agreement:
    """The central difference errs by step² · f‴ / 6, and by rounding of the values / step."""
    behind, here, ahead = values
    parts = claim.gradient * line.direction
    slope = (ahead - behind) / (2 * line.step)
    if not np.isfinite(slope):
        return Agreement.UNSURE
    size = max(float(np.sqrt((parts**2).sum())), abs(slope))
    noise = 100 * UNIT_ROUNDOFF * max(map(abs, values)) / line.step
    bend = abs((ahead - here) - (here - behind)) / line.step
    if bend > BEND * size + noise:
        return Agreement.UNSURE
    off = abs(float(parts.sum()) - slope)
    return Agreement.AGREES if off <= RELATIVE_BAR * size + noise else Agreement.PARTS
