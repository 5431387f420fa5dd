"""Where a wrong gradient starts, in a network or a graph: the first place in backward order."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.diagnosis.evidence import Evidence, Sample
from tutor.diagnosis.wording import instance, number
from tutor.verdict import Diagnosis


def first_parting(evidence: Evidence) -> Iterator[Diagnosis]:
    """Where the learner's gradients and the right ones part, in the sample that shows it best.

    Backward goes from the end to the beginning, so the first wrong gradient is made from right
    ones, and whatever comes after it was made from it. Best shows a plain case in which right
    gradients come before; among these, the smallest.
    """
    if not evidence.check.traced:
        return
    parted = [sample for sample in evidence.samples if _wrong_gradients(sample)]
    if not parted:
        return
    sample = min(
        parted, key=lambda each: (bool(each.kind), not _right_before(each), len(each.right))
    )
    first, *after = _wrong_gradients(sample)
    if sample.array(first) is None:
        return  # no array at all, which is told as such
    before = _right_before(sample)
    came_in = f"What backward made before it is right: {_some(sample, before)}." if before else ""
    what = "array that was made after it is" if len(after) == 1 else "arrays made after it are"
    went_out = f"{len(after)} {what} wrong as well." if after else ""
    yield Diagnosis(
        id="starts_here",
        message=f"Going backward, it starts at `{first}`.",
        evidence=" ".join(filter(None, (f"{instance((sample,), first)}.", came_in, went_out))),
        why="A wrong gradient spoils what is made from it, so look at the first one first.",
        arrays=(first,),
    )


def _wrong_gradients(sample: Sample) -> list[str]:
    forward = next(iter(sample.right), "")
    if forward in sample.wrong:
        return []  # a wrong forward comes first, and is told as such
    return [name for name in sample.right if name in sample.wrong and name != forward]


def _right_before(sample: Sample) -> tuple[str, ...]:
    """The right gradients that were made before the first wrong one."""
    _, *gradients = sample.right
    first = _wrong_gradients(sample)[0]
    return tuple(gradients[: gradients.index(first)])


def _some(sample: Sample, names: tuple[str, ...], most: int = 3) -> str:
    """The last few of the names; single numbers with their values."""
    told = []
    for name in names[-most:]:
        value = sample.right[name]
        told.append(f"`{name}`" + (f" = {number(value)}" if value.size == 1 else ""))
    return ", ".join(told)
