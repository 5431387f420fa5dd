"""What the wrong entries have in common, where no cause is known: facts, and no guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tutor.diagnosis.evidence import Evidence, Sample, is_far_off, same
from tutor.diagnosis.misconceptions import Account, predicted
from tutor.diagnosis.state import REPEATED
from tutor.diagnosis.wording import count, instance, listed, short
from tutor.spec import Misconception
from tutor.verdict import Diagnosis

Mask = NDArray[np.bool_]

TELLING = 6


def right_except(
    evidence: Evidence, unexplained: tuple[str, ...], accounts: tuple[Account, ...]
) -> Iterator[Diagnosis]:
    """Arrays that are right in the generic case and wrong in a few others, told by these.

    Where a misconception gives exactly the numbers of these few, it is named as well.
    """
    by_cases: dict[tuple[str, ...], list[str]] = {}
    for name in unexplained:
        wrong = [sample for sample in evidence.samples if name in sample.wrong]
        judged = [sample for sample in evidence.samples if name in sample.yours]
        if name not in evidence.samples[0].wrong and 2 * len(wrong) < len(judged):
            by_cases.setdefault(tuple(sample.name for sample in wrong), []).append(name)
    for cases, names in by_cases.items():
        arrays = tuple(names)
        shown = "; ".join(_told_apart(cases)[:3])
        more = f"; and {len(cases) - 3} more" if len(cases) > 3 else ""
        judged_in = sum(arrays[0] in sample.yours for sample in evidence.samples)
        samples = tuple(sample for sample in evidence.samples if sample.name in cases)
        verb = "is" if len(arrays) == 1 else "are"
        there = _there(samples, arrays, accounts)
        says = f" There: {there.says}" if there else ""
        yield Diagnosis(
            id="right_except",
            message=f"{listed(arrays)} {verb} right except with: {shown}{more}.{says}",
            evidence=f"Right in {judged_in - len(cases)} of {count(judged_in, 'case')}; "
            f"otherwise {instance(samples, arrays[0])}.",
            why=there.why if there else _remembering(samples),
            read=there.read if there else "",
            hint=there.hint if there else 0,
            arrays=arrays,
        )


def _there(
    samples: tuple[Sample, ...], arrays: tuple[str, ...], accounts: tuple[Account, ...]
) -> Misconception | None:
    """The misconception about these arrays that gives the learner's in all of these samples."""
    for account in accounts:
        if not account.made[0].arrays:
            continue
        wanted = [(s, name, predicted(account, s, name)) for s in samples for name in arrays]
        if all(
            given is not None
            and given.ndim > 1
            and np.unique(given).size >= TELLING  # fewer numbers fit many mistakes
            and (yours := sample.array(name)) is not None
            and same(yours, given, sample.bars[name])
            for sample, name, given in wanted
        ):
            return account.made[0]
    return None


def _told_apart(cases: tuple[str, ...]) -> list[str]:
    """The cases by the short forms of their names, or in full where these are alike."""
    shorts = [short(case) for case in cases]
    return list(cases) if len(set(shorts)) < len(shorts) else shorts


def _remembering(samples: tuple[Sample, ...]) -> str:
    kinds = {sample.kind for sample in samples}
    if kinds == {"beside"}:
        return "One object alone is right, two side by side are not: something is shared."
    if kinds <= set(REPEATED) - {"beside"}:
        return "The first use of an object is right, a later one is not: something is remembered."
    return ""


def common_place(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """Where in the array the wrong entries lie, if it is the same kind of place in every case."""
    for name in unexplained:
        if not _keeps_its_shape(evidence, name) or not is_far_off(evidence, name):
            continue
        masks = [
            mask
            for sample in evidence.samples
            if (mask := _wrong_entries(sample, name)) is not None
        ]
        if not masks:
            continue
        for says, holds in _PLACES:
            if all(holds(mask) for mask in masks) and any(mask.size > mask.sum() for mask in masks):
                yield Diagnosis(
                    id="wrong_entries",
                    message=f"`{name}` is wrong {says}, and right elsewhere.",
                    evidence=f"{instance(evidence.samples, name)}.",
                    arrays=(name,),
                )
                break


def _keeps_its_shape(evidence: Evidence, name: str) -> bool:
    arrays = [(s.array(name), s.right[name]) for s in evidence.samples if name in s.wrong]
    return all(yours is not None and yours.shape == right.shape for yours, right in arrays)


def _wrong_entries(sample: Sample, name: str) -> Mask | None:
    yours, right = sample.array(name), sample.right.get(name)
    if name not in sample.wrong or yours is None or right is None or yours.shape != right.shape:
        return None
    with np.errstate(all="ignore"):
        within: Mask = np.abs(yours - right) <= sample.bars[name]
        return ~within


def _is_some_rows(mask: Mask) -> bool:
    if mask.ndim < 2:
        return False
    rows = int(mask.reshape(mask.shape[0], -1).any(axis=1).sum())
    half: int = max(1, mask.shape[0] // 2)
    return 0 < rows <= half


def _only(select: Callable[[Mask], Mask]) -> Callable[[Mask], bool]:
    """Whether all entries that are wrong lie in a part of the array."""

    def holds(mask: Mask) -> bool:
        part = select(mask)
        within, smaller = not (mask & ~part).any(), not part.all()
        return bool(mask.any()) and bool(within) and bool(smaller)

    return holds


def _row(number: int) -> Callable[[Mask], Mask]:
    def select(mask: Mask) -> Mask:
        part = np.zeros_like(mask)
        if mask.ndim:
            part[number] = True
        return part

    return select


def _column(number: int) -> Callable[[Mask], Mask]:
    def select(mask: Mask) -> Mask:
        part = np.zeros_like(mask)
        if mask.ndim > 1:
            part[..., number] = True
        return part

    return select


def _diagonal(mask: Mask) -> Mask:
    if mask.ndim != 2:
        return np.zeros_like(mask)
    return np.eye(*mask.shape, dtype=np.bool_)


_PLACES: tuple[tuple[str, Callable[[Mask], bool]], ...] = (
    ("in a single entry", lambda mask: int(mask.sum()) == 1 and mask.size > 1),
    ("on the diagonal only", _only(_diagonal)),
    ("off the diagonal only", _only(lambda mask: ~_diagonal(mask))),
    ("in its first row only", _only(_row(0))),
    ("in its last row only", _only(_row(-1))),
    ("in its first column only", _only(_column(0))),
    ("in its last column only", _only(_column(-1))),
    ("in a few of its rows only", _is_some_rows),
)
