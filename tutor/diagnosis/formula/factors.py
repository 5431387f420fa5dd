"""Constant factors in front of a formula, explained by a small number and the sizes of a case.

A fitted factor is 0.0833... and says nothing; `1 / (N * C)` says what was divided by what. A
factor is accepted only if one explanation holds in every sample.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

HALF = Fraction(1, 2)
CONSTANTS = tuple(Fraction(c) for c in ("1", "2", "1/2", "4", "1/4", "3", "1/3", "8", "1/8"))
EXPONENTS = tuple(Fraction(e) for e in ("-1", "1", "-2", "2", "-1/2", "1/2"))
# How far a fitted factor may lie from its explanation, relative. The formula as a whole is then
# held against the samples with the explained factor, so this one may be generous.
NEAR = 1e-8


class Factor(Struct, frozen=True):
    """`constant` times a product of named sizes, each to its exponent: -1/2 * N**-1 * sqrt(C)."""

    constant: Fraction = Fraction(1)
    powers: tuple[tuple[str, Fraction], ...] = ()

    def value(self, sizes: Mapping[str, float]) -> float:
        """The number that it is for these sizes; NaN or infinite where a size is 0."""
        result = np.float64(self.constant)
        for name, exponent in self.powers:
            result *= np.float64(sizes[name]) ** float(exponent)
        return float(result)

    def times(self, other: Factor) -> Factor:
        """The product of both."""
        powers = dict(self.powers)
        for name, exponent in other.powers:
            powers[name] = powers.get(name, Fraction(0)) + exponent
        kept = tuple(sorted((n, e) for n, e in powers.items() if e))
        return Factor(self.constant * other.constant, kept)

    def over(self, other: Factor) -> Factor:
        """The quotient self / other."""
        inverse = tuple((name, -exponent) for name, exponent in other.powers)
        return self.times(Factor(1 / other.constant, inverse))

    @property
    def cost(self) -> int:
        """How much there is to say: 0 for 1; a sign 1; a size 1; a number or a power more."""
        number = abs(self.constant)
        said = 0 if number == 1 else 1 + number.numerator.bit_length() // 2 + _odd(number)
        sign = 1 if self.constant < 0 else 0
        return said + sign + sum(_power_cost(name, e) for name, e in self.powers)


ONE = Factor()
MINUS_ONE = Factor(Fraction(-1))


def _odd(number: Fraction) -> int:
    return 2 if number.numerator % 3 == 0 or number.denominator % 3 == 0 else 1


def _power_cost(name: str, exponent: Fraction) -> int:
    composed = 2 if " " in name else 0  # N - 1 is a stranger guess than N
    return composed + (1 if abs(exponent) == 1 else 3)


@functools.cache
def _candidates(names: tuple[str, ...]) -> tuple[tuple[Factor, ...], NDArray[np.float64]]:
    """All factors of up to two of these names, simplest first; their logarithms are the product
    of the second value with those of the number e and of the named sizes."""
    choices: list[tuple[tuple[str, Fraction], ...]] = [()]
    choices += [((n, e),) for n in names for e in EXPONENTS]
    choices += [
        tuple(sorted(((m, e), (n, f))))
        for m, n in itertools.combinations(names, 2)
        for e, f in itertools.product(EXPONENTS, repeat=2)
        if " " not in m + n or e == -f
    ]
    factors = sorted((Factor(c, p) for p in choices for c in CONSTANTS), key=lambda f: f.cost)
    rows = np.zeros((len(factors), 1 + len(names)))
    for row, factor in zip(rows, factors, strict=True):
        row[0] = np.log(float(factor.constant))
        for name, exponent in factor.powers:
            row[1 + names.index(name)] = float(exponent)
    return tuple(factors), rows


class Explainer:
    """Finds the factor that equals one fitted number in every sample."""

    def __init__(self, sizes: Sequence[Mapping[str, float]]) -> None:
        """`sizes` of all samples, in their order; names that one of them lacks are not used."""
        names = [n for n in (sizes[0] if sizes else ()) if all(_usable(s, n) for s in sizes)]
        names = [n for n in names if any(s[n] != 1 for s in sizes)]  # 1 explains nothing
        self._factors, rows = _candidates(tuple(names))
        logs = [np.ones(len(sizes)), *(np.log([s[n] for s in sizes]) for n in names)]
        self._logs = rows @ np.stack(logs)

    def explain(self, fitted: NDArray[np.float64]) -> Factor | None:
        """The simplest factor with these values, one a sample; NaN where nothing is known."""
        known = np.isfinite(fitted)
        values = fitted[known]
        if not values.size or (values == 0).any() or np.ptp(np.sign(values)):
            return None
        off = np.abs(self._logs[:, known] - np.log(np.abs(values))).max(axis=1)
        if not (off < NEAR).any():
            return None
        found = self._factors[int(np.argmax(off < NEAR))]
        return found if values[0] > 0 else found.times(MINUS_ONE)

    def values(self, sample: int) -> NDArray[np.float64]:
        """All factors that could be explained, as positive numbers of one sample."""
        return np.asarray(np.exp(self._logs[:, sample]))


def with_lesser(sizes: Mapping[str, float]) -> dict[str, float]:
    """The sizes and, for each whole one, the size less 1: `N - 1` divides a variance."""
    lesser = {f"{n} - 1": float(s) - 1 for n, s in sizes.items() if float(s).is_integer()}
    return {**{n: float(s) for n, s in sizes.items()}, **lesser}


def _usable(sizes: Mapping[str, float], name: str) -> bool:
    return bool(name in sizes and np.isfinite(sizes[name]) and sizes[name] > 0)
