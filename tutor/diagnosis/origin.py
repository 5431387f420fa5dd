"""Where a wrong gradient starts, in a network or a graph: the first place in backward order."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.diagnosis.evidence import Evidence, Sample
from tutor.diagnosis.wording import count, instance, listed
from tutor.verdict import Diagnosis


def first_parting(evidence: Evidence) -> Iterator[Diagnosis]:
    """Where the learner's gradients and the right ones part, in the smallest sample that shows it.

    Backward goes from the end to the beginning, so the first wrong gradient is made from right
    ones, and whatever comes after it was made from it.
    """
    if not evidence.check.traced:
        return
    parted = [sample for sample in evidence.samples if _wrong_gradients(sample)]
    if not parted:
        return
    sample = min(parted, key=lambda each: (bool(each.kind), len(each.right)))
    order = [name for name in sample.right if name in sample.yours]
    wrong = _wrong_gradients(sample)
    first = wrong[0]
    if sample.array(first) is None:
        return  # no array at all, which is told as such
    before = tuple(name for name in order[: order.index(first)] if name not in sample.wrong)
    after = [name for name in order[order.index(first) + 1 :] if name in sample.wrong]
    came_in = f"What backward reached before it is right: {_some(before)}." if before else ""
    went_out = f"{count(len(after), 'array')} after it follow." if after else ""
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


def _some(names: tuple[str, ...], most: int = 3) -> str:
    return listed(names[-most:])
