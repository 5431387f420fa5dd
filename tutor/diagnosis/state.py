"""What a layer remembers that it should not: earlier batches, other objects, sums of both.

The circumstances were derived from the generic case, so what a layer must have kept can be worked
out with the reference, and compared number by number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tutor.diagnosis.evidence import Array, Evidence, Sample, same
from tutor.diagnosis.wording import instance, listed
from tutor.spec import Case
from tutor.verdict import Diagnosis

REPEATED = ("again", "resized", "twice", "beside", "twice over", "replaced")
UPSTREAM = "grad_output"

Arrays = dict[str, Array]
Memory = Callable[[Evidence, Sample], Arrays]


def remembered(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """A diagnosis for every way of remembering that gives exactly the learner's numbers."""
    sizes = tuple(name for name in unexplained if _fails_or_wrong(evidence, name) == {"resized"})
    crashed = {s.kind for s in evidence.samples if s.failure is not None} == {"resized"}
    if sizes or (crashed and not evidence.wrong):
        yield _one_size(evidence, sizes)
        return
    wrong_in_use = tuple(
        name
        for name in unexplained
        if all(s.kind in REPEATED for s in evidence.samples if name in s.wrong)
    )
    if not wrong_in_use:
        return
    for told, memory, kinds in _WAYS:
        arrays = tuple(name for name in wrong_in_use if _fits(evidence, name, memory, kinds))
        if arrays:
            yield told(evidence, arrays)
            return
    spoilt = tuple(n for n in wrong_in_use if _fails_or_wrong(evidence, n) == {"twice over"})
    if spoilt:
        yield _spoilt(evidence, spoilt)


def _fails_or_wrong(evidence: Evidence, name: str) -> set[str]:
    """The kinds of samples in which an array is wrong, or not reached."""
    return {
        sample.kind
        for sample in evidence.samples
        if name in sample.wrong or (name not in sample.yours and sample.failure is not None)
    }


def _one_size(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    failure = next((s.failure for s in evidence.samples if s.failure is not None), None)
    told = instance(evidence.samples, arrays[0]) if arrays else "it raises"
    return Diagnosis(
        id="one_batch_size",
        message="It works for batches of the first one's size only.",
        evidence=f"After a smaller batch, {failure.error + ' is raised' if failure else told}.",
        why="The last batch of an epoch is often a smaller one; sizes belong to a call.",
        arrays=arrays,
    )


def _fits(evidence: Evidence, name: str, memory: Memory, kinds: tuple[str, ...]) -> bool:
    """Whether `memory` gives the array in every sample where it is wrong, and in at least one."""
    wrong = [sample for sample in evidence.samples if name in sample.wrong]
    for sample in wrong:
        yours = sample.array(name)
        if sample.kind not in kinds or yours is None:
            return False
        given = memory(evidence, sample).get(name)
        if given is None or not same(yours, given, sample.bars[name]):
            return False
    return bool(wrong)


def _played(evidence: Evidence, case: Any) -> Arrays:
    try:
        with np.errstate(all="ignore"):
            check = evidence.check
            return {name: np.asarray(a) for name, a in check.probe(check.reference, case)}
    except Exception:  # noqa: BLE001 - two batches that do not fit together
        return {}


def _other(sample: Sample) -> Case:
    """The case of the earlier or neighbouring call; its own where the call is repeated."""
    return sample.case if sample.other is None else sample.other


def _sum_of_both(evidence: Evidence, sample: Sample) -> Arrays:
    other = _played(evidence, _other(sample))
    return {
        name: right + other[name]
        for name, right in sample.right.items()
        if name in other and other[name].shape == right.shape
    }


def _forward_of_the_other(evidence: Evidence, sample: Sample) -> Arrays:
    """What backward gives with the other call's cache and this call's upstream gradient."""
    case = _other(sample)
    if UPSTREAM in case:
        case = case.replace(grad_output=sample.case.grad_output)
    return _played(evidence, case)


def _all_of_the_other(evidence: Evidence, sample: Sample) -> Arrays:
    return _played(evidence, _other(sample))


def _adding_up(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    return Diagnosis(
        id="adds_up_over_calls",
        message=f"{listed(arrays)} {'adds' if len(arrays) == 1 else 'add'} up over calls.",
        evidence=f"After a second batch it is the sum of both: {_example(evidence, arrays)}.",
        why="Each call answers for its own batch alone and overwrites the last answer.",
        arrays=arrays,
    )


def _stale(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    return Diagnosis(
        id="first_call_kept",
        message=f"{listed(arrays)} {'is' if len(arrays) == 1 else 'are'} made with what an "
        "earlier forward kept.",
        evidence="Worked out with the earlier batch it is what you give: "
        f"{_example(evidence, arrays)}.",
        why="backward belongs to the latest forward, so each forward must keep its own input.",
        arrays=arrays,
    )


def _shared(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    return Diagnosis(
        id="shared_between_objects",
        message="Two of your objects share what they keep.",
        evidence=f"After a call on another one, {_example(evidence, arrays)}: the other's.",
        why="What forward keeps belongs to one object: to `self`, not to the class or the file.",
        arrays=arrays,
    )


def _spoilt(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    return Diagnosis(
        id="cache_spoilt_by_backward",
        message="backward changes what it needs, so a second backward is wrong.",
        evidence=f"Called twice after one forward, {_example(evidence, arrays)}.",
        why="What it needs, kept by forward or a parameter, may be let go of, but not changed.",
        arrays=arrays,
    )


def _answered_once(evidence: Evidence, arrays: tuple[str, ...]) -> Diagnosis:
    return Diagnosis(
        id="first_answer_kept",
        message=f"{listed(arrays)} stays what the first call gave.",
        evidence=f"After a second batch, {_example(evidence, arrays)}: the first batch's.",
        why="Each call belongs to its own batch; nothing of an earlier answer may stay.",
        arrays=arrays,
    )


def _example(evidence: Evidence, arrays: tuple[str, ...]) -> str:
    return instance(evidence.samples, arrays[0])


_Told = Callable[[Evidence, tuple[str, ...]], Diagnosis]
_WAYS: tuple[tuple[_Told, Memory, tuple[str, ...]], ...] = (
    (_adding_up, _sum_of_both, REPEATED),
    (_shared, _forward_of_the_other, ("beside",)),
    (_shared, _all_of_the_other, ("beside",)),
    (_stale, _forward_of_the_other, REPEATED),
    (_answered_once, _all_of_the_other, REPEATED),
)
