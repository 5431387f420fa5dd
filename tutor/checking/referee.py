"""Whether a claimed gradient belongs to the code it is claimed for; if not, where it is wrong."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.checking import readings
from tutor.checking.derivatives import Objective, Point
from tutor.checking.readings import Agreement, Claim, Reading, Statement

ONE_BY_ONE = 2000  # entries; more of them are judged along directions
DIRECTIONS = 8
SUSPECTS = 64  # as many are measured in full; with more, it stays undecided
FEW = 4  # entries that are not halved any more

Entries = NDArray[np.intp]


class Element(Struct, frozen=True):
    """One entry of a claimed gradient that is further than `bar` from the measured slope."""

    index: tuple[int, ...]
    claimed: float
    measured: float
    bar: float


class Opinion(Struct, frozen=True):
    """What the referee says of a claim; `element` is an entry that it found to be wrong."""

    agreement: Agreement
    element: Element | None = None


class Lanes(Struct, frozen=True):
    """Entry j along `axis` of a quantity moves entries j along `output_axis`, and no others.

    So it is with (1, 1) for the W of a linear layer, and with (0, 0) for the rows of its x.
    """

    axis: int
    output_axis: int


def agree(claims: Collection[Claim], objective: Objective, rng: np.random.Generator) -> bool:
    """Whether four points show that claims by different quantities are right.

    What they do not show may be right all the same.
    """
    statement = readings.along(claims, [_random_direction(claims, rng)])
    return bool(readings.glance(statement, objective).right.all())


def look(claims: Collection[Claim], objective: Objective, rng: np.random.Generator) -> Agreement:
    """Whether claims by different quantities are right, along one random direction."""
    statement = readings.along(claims, [_random_direction(claims, rng)])
    return readings.look(statement, objective).agreement()


def find(claim: Claim, objective: Objective, rng: np.random.Generator) -> Element | None:
    """A wrong entry of a claim that is wrong somewhere, if it can be told."""
    return _search(claim, _random_direction([claim], rng), objective)


def judge(
    claim: Claim, objective: Objective, rng: np.random.Generator, lanes: Lanes | None = None
) -> Opinion:
    """Judge one claim thoroughly.

    Every entry is looked at where there are no more than 2,000, or where `lanes` let one step serve
    many of them; it may be off by 1e-8 of the largest. Otherwise all entries are moved at once,
    along eight random directions; if these show that something is wrong, it is searched by halves.
    """
    if lanes is not None:
        opinion = _by_entries(claim, objective, _groups(claim, lanes.axis), lanes.output_axis)
        # Wrong code may not keep to its lanes: what was found there is looked at alone.
        if opinion.element is None or _is_wrong(claim, objective, opinion.element.index):
            return opinion
    if claim.gradient.size <= ONE_BY_ONE:
        return _by_entries(claim, objective, _groups(claim))
    directions = [_random_direction([claim], rng) for _ in range(DIRECTIONS)]
    reading = readings.measure(readings.along([claim], directions), objective)
    if not reading.parts.any():
        return Opinion(reading.agreement())
    worst, _ = reading.furthest()
    return Opinion(Agreement.PARTS, _search(claim, directions[worst], objective))


def _random_direction(claims: Collection[Claim], rng: np.random.Generator) -> Point:
    """Every entry moves, and no two by as much, lest kinks of equal weight cancel."""
    direction = {}
    for claim in claims:
        draw = rng.uniform(-0.5, 0.5, claim.gradient.shape)
        direction[claim.quantity] = draw + np.copysign(0.5, draw)
    return _unit(direction)


def _unit(direction: Point) -> Point:
    length = sum(float(np.sum(moves**2)) for moves in direction.values()) ** 0.5 or 1.0
    return {name: moves / length for name, moves in direction.items()}


def _search(claim: Claim, direction: Point, objective: Objective) -> Element | None:
    """A wrong entry, by following the half of the direction that is contradicted by more."""
    moves = direction[claim.quantity].reshape(-1)
    entries = np.arange(moves.size)
    while len(entries) > FEW:
        halves = np.array_split(entries, 2)
        directions = [_unit(readings.only(claim, half, moves[half])) for half in halves]
        reading = _doubtfully(readings.along([claim], directions), objective)
        if not reading.parts.any():
            return None
        entries = halves[reading.furthest()[0]]
    few = entries[:, np.newaxis]
    reading = _doubtfully(readings.entries(claim, few), objective)
    return _element(claim, few, reading) if reading.parts.any() else None


def _doubtfully(statement: Statement, objective: Objective) -> Reading:
    """At a glance where something is far off, in full where it is less plain to see."""
    reading = readings.glance(statement, objective)
    return reading if reading.parts.any() else readings.measure(statement, objective)


def _groups(claim: Claim, axis: int | None = None) -> Entries:
    """Entries that are moved together, one for each lane: all along `axis`, or each alone."""
    shape = claim.gradient.shape
    numbers = np.arange(math.prod(shape)).reshape(*shape, 1)
    along = -1 if axis is None else axis % len(shape)
    return np.moveaxis(numbers, along, -1).reshape(-1, numbers.shape[along])


def _by_entries(
    claim: Claim, objective: Objective, groups: Entries, lane_axis: int | None = None
) -> Opinion:
    """All groups at a glance; those that are not right in full, the furthest off first."""
    reading = readings.glance(readings.entries(claim, groups, lane_axis), objective)
    if reading.parts.any():
        return Opinion(Agreement.PARTS, _element(claim, groups, reading))
    off = np.nan_to_num(reading.off.max(axis=1, initial=0.0), nan=np.inf)
    right = np.asarray(reading.right.all(axis=1))
    order = np.argsort(-off, kind="stable")
    suspects = groups[order[~right[order]]]
    sure = len(suspects) <= SUSPECTS
    for chosen in filter(len, (suspects[:1], suspects[1:SUSPECTS])):
        reading = readings.measure(readings.entries(claim, chosen, lane_axis), objective)
        if reading.parts.any():
            return Opinion(Agreement.PARTS, _element(claim, chosen, reading))
        sure = sure and bool(reading.agrees.all())
    return Opinion(Agreement.AGREES if sure else Agreement.UNSURE)


def _is_wrong(claim: Claim, objective: Objective, index: tuple[int, ...]) -> bool:
    """Whether this entry, moved by itself, contradicts the claim."""
    entry = np.ravel_multi_index(index, claim.gradient.shape)
    return _by_entries(claim, objective, np.array([[entry]])).element is not None


def _element(claim: Claim, groups: Entries, reading: Reading) -> Element:
    """The entry that is furthest off."""
    at = reading.furthest()
    index = np.unravel_index(int(groups[at]), claim.gradient.shape)
    return Element(
        index=tuple(map(int, index)),
        claimed=float(reading.stated[at]),
        measured=float(reading.measured[at]),
        bar=float(reading.bar[at]) + claim.slack,
    )
