"""Right numbers in the wrong place, or times a factor that is the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import numpy as np
from msgspec import Struct

from tutor.diagnosis.evidence import Array, Evidence, Sample, is_far_off, same
from tutor.diagnosis.quantities import arrays_of, sizes_of
from tutor.diagnosis.wording import in_all, instance, listed
from tutor.verdict import Diagnosis

_NUMBERS = tuple(
    Fraction(sign * top, bottom)
    for top, bottom in ((1, 1), (2, 1), (1, 2), (3, 1), (4, 1), (1, 4))
    for sign in (1, -1)
)
FEW = 3
_POWERS = (0, -1, 1, -2)
_MOST_SIZES = 3


def mistaken_for_another(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """An array that is, in every sample, what another one should be."""
    for name in filter(lambda each: is_far_off(evidence, each), unexplained):
        for other in evidence.arrays:
            if other != name and _is_everywhere(evidence, name, other):
                yield Diagnosis(
                    id="is_another_array",
                    message=f"What you give as `{name}` is the right `{other}`.",
                    evidence=f"So it is in every case: {instance(evidence.samples, name)}.",
                    why="The numbers are right; the place where they are put is not.",
                    arrays=(name,),
                )
                break


def _is_everywhere(evidence: Evidence, name: str, other: str) -> bool:
    seen = False
    for sample in evidence.samples:
        yours, right = sample.array(name), sample.right.get(other)
        if yours is None or right is None:
            continue
        if not same(yours, right, sample.bars[other]):
            return False
        # One number, or many that are all the same, may be equal to others by chance.
        seen = seen or (name in sample.wrong and np.unique(yours).size > 2)
    return seen


def off_by_a_factor(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """Arrays that are the right ones times a number that follows from the sizes."""
    by_factor: dict[str, list[str]] = {}
    for name in filter(lambda each: is_far_off(evidence, each), unexplained):
        factor = "0" if _is_zero(evidence, name) else _factor(evidence, name)
        if factor:
            by_factor.setdefault(factor, []).append(name)
    for factor, found in by_factor.items():
        names = tuple(found)
        identifier, says, why = _in_sentences(factor, one=len(names) == 1)
        given = sum(names[0] in sample.yours for sample in evidence.samples)
        yield Diagnosis(
            id=identifier,
            message=f"{listed(names)} {says}.",
            evidence=f"{in_all(given)}: {instance(evidence.samples, names[0])}.",
            why=why,
            arrays=names,
        )


def _in_sentences(factor: str, *, one: bool) -> tuple[str, str, str]:
    """An id, what is so, and why that is wrong."""
    be, have, it = ("is", "has", "it") if one else ("are", "have", "they")
    if factor == "0":
        why = "Where something is to blame, some of the upstream gradient has to arrive."
        return "always_zero", f"{be} zero everywhere", why
    if factor == "-1":
        why = "A gradient points uphill; going downhill is the update's business."
        return "sign_turned", f"{have} the opposite sign", why
    times = f"{factor} of" if factor.lstrip("-").startswith("1/") else f"{factor} times"
    why = "The proportions are right, so ask where this factor comes in."
    return "factor", f"{be} {times} what {it} should be", why


def _is_zero(evidence: Evidence, name: str) -> bool:
    given = [yours for sample in evidence.samples if (yours := sample.array(name)) is not None]
    return any(yours.size > 1 for yours in given) and not any(yours.any() for yours in given)


def _factor(evidence: Evidence, name: str) -> str:
    """The factor in words, such as `2` or `1/N`; empty if there is no such factor."""
    samples = [sample for sample in evidence.samples if name in sample.yours]
    ratios: list[tuple[float, Mapping[str, float]]] = []
    for sample in samples:
        ratio = _ratio(sample, name)
        if ratio is None:
            return ""
        if np.isfinite(ratio):
            ratios.append((ratio, sizes_of(evidence.check, sample)))
    if not any(name in sample.wrong for sample in samples) or not ratios:
        return ""
    if sum(sample.right[name].size for sample in samples if name in sample.wrong) < FEW:
        return ""  # so few numbers may be off by a factor by chance
    shared = set.intersection(*(set(sizes) for _, sizes in ratios))
    for factor in _factors(sorted(shared)[:_MOST_SIZES]):
        if all(abs(factor.value(sizes) / ratio - 1) < 1e-9 for ratio, sizes in ratios):
            return factor.words()
    first = ratios[0][0]
    constant = all(abs(ratio / first - 1) < 1e-9 for ratio, _ in ratios)
    return f"{first:.4g}" if constant and len(ratios) > 1 and abs(first - 1) > 1e-3 else ""


def _ratio(sample: Sample, name: str) -> float | None:
    """Yours over right; NaN where both are zero, None where it is not one number."""
    yours, right = sample.array(name), sample.right.get(name)
    if yours is None or right is None or yours.shape != right.shape or not right.size:
        return None
    if not (np.isfinite(yours).all() and np.isfinite(right).all()):
        return None
    bar = sample.bars[name]
    index = int(np.argmax(np.abs(right)))
    if abs(right.flat[index]) <= bar:
        return float("nan") if _within(yours, bar) else None
    ratio = float(yours.flat[index] / right.flat[index])
    if not ratio or not same(yours, ratio * right, abs(ratio) * bar):
        return None
    return ratio


def _within(array: Array, bar: float) -> bool:
    return bool((np.abs(array) <= bar).all())


def right_plus_something(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """Arrays that are right but for a multiple of one of the quantities, the same everywhere."""
    for name in filter(lambda each: is_far_off(evidence, each), unexplained):
        samples = [s for s in evidence.samples if name in s.yours and name in s.right]
        found = _added(evidence, samples, name)
        if found:
            times, quantity = found
            yield Diagnosis(
                id="added_term",
                message=f"`{name}` is the right one plus {times:.4g} times `{quantity}`.",
                evidence=f"{in_all(len(samples))}: {instance(evidence.samples, name)}.",
                why="The right part is there; ask where the other part comes from.",
                arrays=(name,),
            )


def _added(evidence: Evidence, samples: list[Sample], name: str) -> tuple[float, str] | None:
    rests: list[tuple[Array, float, Mapping[str, Array]]] = []
    for sample in samples:
        yours, right = sample.array(name), sample.right[name]
        if yours is None or yours.shape != right.shape or not np.isfinite(yours).all():
            return None
        rests.append((yours - right, sample.bars[name], arrays_of(evidence.check, sample)))
    if not rests:
        return None
    shared = set.intersection(*(set(arrays) for _, _, arrays in rests)) - {name}
    for quantity in sorted(shared):
        times = _one_multiple([(rest, bar, arrays[quantity]) for rest, bar, arrays in rests])
        if times is not None:
            return times, quantity
    return None


def _one_multiple(pairs: list[tuple[Array, float, Array]]) -> float | None:
    """The number that, times each second array, gives each first one up to its bar."""
    times: float | None = None
    for rest, bar, array in pairs:
        if array.shape != rest.shape:
            return None
        if times is None and array.any():
            index = int(np.argmax(np.abs(array)))
            times = float(rest.flat[index] / array.flat[index])
        if times is not None and not (np.abs(rest - times * array) <= 10 * bar).all():
            return None
    return times or None


class _Factor(Struct, frozen=True):
    """number * the product of sizes to their powers."""

    number: Fraction
    powers: tuple[tuple[str, int], ...]

    @property
    def cost(self) -> tuple[int, bool, Fraction]:
        """Plain factors come first."""
        strange = (self.number != 1) + (abs(self.number) not in (1, 2))
        return sum(abs(power) for _, power in self.powers) + strange, self.number < 0, -self.number

    def value(self, sizes: Mapping[str, float]) -> float:
        result = float(self.number)
        for name, power in self.powers:
            result *= sizes[name] ** power
        return result

    def words(self) -> str:
        """`2`, `-1/N`, `in/(2·N)`."""
        above = [name for name, power in self.powers for _ in range(power)]
        below = [name for name, power in self.powers for _ in range(-power)]
        if abs(self.number.numerator) != 1 or not above:
            above.insert(0, str(abs(self.number.numerator)))
        if self.number.denominator != 1:
            below.insert(0, str(self.number.denominator))
        told = ("-" if self.number < 0 else "") + "·".join(above)
        bottom = "·".join(below)
        return f"{told}/({bottom})" if len(below) > 1 else "/".join(filter(None, (told, bottom)))


def _factors(names: list[str]) -> list[_Factor]:
    """Factors from plain ones to strange ones; 1 is none."""
    made = (
        _Factor(
            each, tuple((name, power) for name, power in zip(names, powers, strict=True) if power)
        )
        for powers in product(_POWERS, repeat=len(names))
        for each in _NUMBERS
    )
    return sorted((f for f in made if f.powers or f.number != 1), key=lambda each: each.cost)
