"""What must hold between answers to related inputs, whatever the right answers are.

Backward is linear in the upstream gradient; rows that change places take their answers along; a
longer batch is its parts, side by side or added up. Each relation is first tried on the right
answers of the exercise, and asked of the learner's only if it holds there: batch statistics, for
one, make rows depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.diagnosis.evidence import Array, Evidence, Sample, same
from tutor.diagnosis.quantities import arrays_of
from tutor.diagnosis.wording import number, place
from tutor.verdict import Diagnosis

ARRAYS_BAR = 1e-7  # of the largest entry: several answers are added up
SINGLE_PRECISION = 1e-5  # rounding that is this large breaks every relation a little


def unrelated(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """A diagnosis for each wrong gradient, by the first relation that it breaks."""
    by_kind = {sample.kind: sample for sample in evidence.samples if sample.kind}
    generic = evidence.samples[0]
    for name in unexplained:
        if not all(name in s.right for s in (generic, *by_kind.values())):
            continue  # not an array of every case
        if not _comparable(name, generic):
            continue
        for relation in _RELATIONS:
            diagnosis = relation(name, generic, by_kind, evidence)
            if diagnosis is not None:
                yield diagnosis
                break


Kinds = Mapping[str, Sample]


def _comparable(name: str, generic: Sample) -> bool:
    """Whether the array has the right form, so that its numbers are what is wrong."""
    yours, right = generic.array(name), generic.right.get(name)
    if yours is None or right is None:
        return False
    if yours.shape != right.shape or yours.dtype != right.dtype:
        return False
    off = np.abs(yours - right).max(initial=0.0)
    return not off < SINGLE_PRECISION * np.abs(right).max(initial=0.0)


def _not_repeatable(name: str, generic: Sample, kinds: Kinds, _: Evidence) -> Diagnosis | None:
    yours = _both(name, generic, kinds.get("anew"))
    if yours is None or not _differ(*yours):
        return None
    index = _largest(yours[0] - yours[1])
    return Diagnosis(
        id="not_repeatable",
        message=f"`{name}` is not the same twice.",
        evidence=f"With a new object and the same inputs, {place(name, index)} is "
        f"{number(yours[0][index])} the first time and {number(yours[1][index])} the next.",
        why="It depends on numbers that were drawn at random, such as those that an object is "
        "made with; parameters may be replaced afterwards, and count as they are then.",
        arrays=(name,),
    )


def _ignores_upstream(name: str, generic: Sample, kinds: Kinds, _: Evidence) -> Diagnosis | None:
    other = kinds.get("upstream")
    yours = _both(name, generic, other)
    if other is None or yours is None or not _differ(generic.right[name], other.right[name]):
        return None
    if not same(*yours) or not np.abs(yours[0]).max(initial=0.0):
        return None
    return Diagnosis(
        id="upstream_forgotten",
        message=f"`{name}` does not depend on `grad_output`.",
        evidence="Two different upstream gradients give the same numbers, "
        f"such as {place(name, _largest(yours[0]))} = {number(yours[0].flat[_flat(yours[0])])}.",
        why="It is the local slope alone; the chain rule multiplies it by what comes from above.",
        arrays=(name,),
    )


def _part_without_upstream(
    name: str, generic: Sample, kinds: Kinds, evidence: Evidence
) -> Diagnosis | None:
    zero = kinds.get("zero")
    part = zero.array(name) if zero is not None else None
    if part is None or zero is None or zero.right[name].any() or not part.any():
        return None
    what = next(
        (
            f"{number(times)} times `{quantity}`"
            for quantity, values in arrays_of(evidence.check, generic).items()
            if (times := _times(part, values)) is not None
        ),
        f"{place(name, _largest(part))} = {number(part[_largest(part)])}",
    )
    return Diagnosis(
        id="part_without_upstream",
        message=f"`{name}` has a part that does not come from `grad_output`.",
        evidence=f"With an upstream gradient of 0 there is still {what}.",
        why="Whatever is passed back is some upstream gradient times a slope.",
        arrays=(name,),
    )


def _times(array: Array, quantity: Array) -> float | None:
    """The number that, times the quantity, gives the array; None if there is none."""
    if quantity.shape != array.shape or not quantity.any():
        return None
    index = _largest(quantity)
    times = float(array[index] / quantity[index])
    return times if times and same(array, times * quantity) else None


def _not_linear(name: str, generic: Sample, kinds: Kinds, _: Evidence) -> Diagnosis | None:
    two, both = kinds.get("upstream"), kinds.get("combined")
    if two is None or both is None:
        return None
    yours = _both(name, generic, two)
    combined = both.array(name)
    right = 2 * generic.right[name] - 3 * two.right[name]
    if yours is None or combined is None or _differ(right, both.right[name]):
        return None
    wanted = 2 * yours[0] - 3 * yours[1]
    if combined.shape != wanted.shape or not _differ(combined, wanted):
        return None
    index = _largest(np.abs(combined - wanted))
    return Diagnosis(
        id="not_linear_in_upstream",
        message=f"`{name}` is not linear in `grad_output`.",
        evidence=f"By your answers for upstreams d and e, 2·d − 3·e should give "
        f"{place(name, index)} = {number(wanted[index])}; it gives {number(combined[index])}.",
        why="Slopes depend on the input of forward alone, so `grad_output` only multiplies them.",
        arrays=(name,),
    )


def _rows_stay_behind(
    name: str, generic: Sample, kinds: Kinds, evidence: Evidence
) -> Diagnosis | None:
    rolled = kinds.get("rolled")
    yours = _both(name, generic, rolled)
    if rolled is None or yours is None:
        return None
    if name in evidence.check.rows:
        wanted, right = _moved(yours[0]), _moved(generic.right[name])
        says = "when the rows of the batch change places, its rows do not move along"
    else:
        wanted, right = yours[0], generic.right[name]
        says = "it changes when the rows of the batch change places"
    if _differ(right, rolled.right[name]) or not _differ(yours[1], wanted):
        return None
    return Diagnosis(
        id="depends_on_row_order",
        message=f"`{name}` depends on the order of the rows.",
        evidence=f"With the same rows in another order, {says}.",
        why="A batch is a set of samples; their order has no say.",
        arrays=(name,),
    )


def _rows_mix(name: str, generic: Sample, kinds: Kinds, evidence: Evidence) -> Diagnosis | None:
    other, joined = kinds.get("other"), kinds.get("joined")
    if other is None or joined is None:
        return None
    yours, longer = _both(name, generic, other), joined.array(name)
    if yours is None or longer is None:
        return None
    apart = name in evidence.check.rows
    combine = (lambda a, b: np.concatenate([a, b])) if apart else (lambda a, b: a + b)
    right = combine(generic.right[name], other.right[name])
    if _differ(right, joined.right[name]) or yours[0].shape[:1] != generic.right[name].shape[:1]:
        return None
    wanted = combine(*yours)
    if wanted.shape != longer.shape or not _differ(longer, wanted):
        return None
    index = _largest(np.abs(longer - wanted))
    told = "the same rows alone" if apart else "adding up what the two parts give"
    return Diagnosis(
        id="rows_mix" if apart else "not_a_sum_over_rows",
        message=f"One row's `{name}` depends on the other rows."
        if apart
        else f"`{name}` is not a sum over the rows.",
        evidence=f"In two batches joined to one, {place(name, index)} = {number(longer[index])}; "
        f"{told} gives {number(wanted[index])}.",
        why="Here each sample goes through the layer by itself."
        if apart
        else "Each row of the batch adds its own share to the gradient of a shared parameter.",
        arrays=(name,),
    )


_RELATIONS = (
    _not_repeatable,
    _ignores_upstream,
    _part_without_upstream,
    _not_linear,
    _rows_stay_behind,
    _rows_mix,
)


def _both(name: str, one: Sample, other: Sample | None) -> tuple[Array, Array] | None:
    first, second = one.array(name), other.array(name) if other is not None else None
    if first is None or second is None or first.shape != second.shape:
        return None
    return (first, second) if np.isfinite(first).all() and np.isfinite(second).all() else None


def _differ(one: Array, other: Array) -> bool:
    if one.shape != other.shape:
        return True
    largest = max(np.abs(one).max(initial=0.0), np.abs(other).max(initial=0.0))
    return bool((np.abs(one - other) > ARRAYS_BAR * largest).any())


def _moved(array: Array) -> Array:
    return np.roll(array, 1, axis=0)


def _flat(array: Array) -> int:
    return int(np.argmax(np.abs(array)))


def _largest(array: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(_flat(array), array.shape))
