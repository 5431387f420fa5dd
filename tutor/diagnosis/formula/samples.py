"""The numbers that a formula is sought for, and which of them to search on first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.diagnosis.formula.factors import with_lesser
from tutor.diagnosis.formula.terms import Array

MANY = 100
LARGEST = 4096


class Sample(Struct, frozen=True):
    """One case: the array that needs a formula, and what may occur in it.

    `leaves` are quantities by the names that the learner knows; `sizes` are positive numbers that
    may occur as factors (the batch size N, the classes C, a dropout's `keep`).
    """

    target: NDArray[Any]
    leaves: Mapping[str, NDArray[Any]]
    sizes: Mapping[str, float] = {}


def usable(samples: Sequence[Sample]) -> list[Sample]:
    """The samples that say something about a formula, in float64, with the leaves they share.

    Left out are samples whose target is not finite: NaN comes from the way something was computed
    (exp(1000)), not from the formula, so they neither prove nor refute one. A leaf that is a
    single number is a size as well; one that a sample lacks is no leaf. Empty arrays say nothing.
    """
    clean = [_clean(s) for s in samples if _is_number(s.target) and np.isfinite(s.target).all()]
    clean = [s for s in clean if s.target.size and all(a.size for a in s.leaves.values())]
    if not clean:
        return []
    shared = set.intersection(*(set(s.leaves) for s in clean))
    return [
        Sample(s.target, {n: a for n, a in s.leaves.items() if n in shared}, s.sizes) for s in clean
    ]


def is_small(sample: Sample) -> bool:
    """Whether thousands of terms of its size can be made in the time that a search has."""
    return all(array.size <= LARGEST for array in (sample.target, *sample.leaves.values()))


def _clean(sample: Sample) -> Sample:
    leaves = {
        name: np.asarray(leaf, dtype=np.float64)
        for name, leaf in sample.leaves.items()
        if _is_number(leaf)
    }
    numbers = {n: float(a) for n, a in leaves.items() if a.ndim == 0 and n not in sample.sizes}
    sizes = with_lesser({**sample.sizes, **numbers})
    return Sample(np.asarray(sample.target, dtype=np.float64), leaves, sizes)


def _is_number(array: NDArray[Any]) -> bool:
    return np.asarray(array).dtype.kind in "biuf"


def most_telling(samples: Sequence[Sample]) -> int:
    """The index of the sample to search on.

    In it no two formulas should agree by chance: sizes differ (a missing transpose shows), none
    is 1, numbers are many, but not so many that it takes long, of one magnitude and not equal.
    """
    return max(range(len(samples)), key=lambda i: _telling(samples[i]))


def _telling(sample: Sample) -> float:
    arrays = [sample.target, *sample.leaves.values()]
    if not all(np.isfinite(a).all() for a in arrays) or not sample.target.any():
        return -1e9
    sizes = {size for array in arrays for size in array.shape}
    score = 4.0 * len(sizes - {1}) - 6.0 * (1 in sample.target.shape)
    score -= 4.0 * max(0.0, math.log2(max(a.size for a in arrays) / MANY))
    for array in arrays:
        score += _variety(array)
    return score + 3.0 * _variety(sample.target) + min(sample.target.size, 12) / 3.0


def _variety(array: Array) -> float:
    """From -2 for one number repeated to 1 for generic numbers of one magnitude."""
    if array.size < 2:
        return 0.0
    numbers = [abs(number) for number in array.ravel()[:MANY].tolist()]
    sizes = {number for number in numbers if number}
    if not sizes:
        return -2.0
    largest, least = math.log10(max(sizes)), math.log10(min(sizes))
    far = max(0.0, largest - least - 3) + max(0.0, abs(largest) - 2)
    return 2.0 * len(sizes) / len(numbers) - 1.0 - 0.3 * far
