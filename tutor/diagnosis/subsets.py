"""Gradients that come from some rows of the batch alone: a loop that ends early or overwrites."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tutor.diagnosis.evidence import Array, Evidence, Sample, same
from tutor.diagnosis.state import UPSTREAM
from tutor.diagnosis.wording import instance, listed
from tutor.verdict import Diagnosis

_PARTS = (
    ("last_row_left_out", slice(None, -1), "The last row of the batch is left out of"),
    ("only_first_row", slice(None, 1), "Only the first row of the batch counts in"),
    ("only_last_row", slice(-1, None), "Only the last row of the batch counts in"),
    ("first_row_left_out", slice(1, None), "The first row of the batch is left out of"),
)


def rows_left_out(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """Arrays that are right for a part of the rows, in every sample: the same part for all."""
    check = evidence.check
    if not check.rows or not unexplained:
        return
    plain = [sample for sample in evidence.samples if not sample.kind]
    for name, part, words in _PARTS:
        arrays = tuple(array for array in unexplained if _comes_from(evidence, plain, array, part))
        if arrays:
            yield Diagnosis(
                id=name,
                message=f"{words} {listed(arrays)}.",
                evidence="With no upstream gradient for the other rows it would be right; "
                f"as it is, {instance(evidence.samples, arrays[0])}.",
                why="Every row of the batch went forward, so every row has its share.",
                arrays=arrays,
            )
            return


def _comes_from(evidence: Evidence, samples: list[Sample], name: str, part: slice) -> bool:
    seen = False
    for sample in samples:
        yours = sample.array(name)
        if yours is None:
            continue
        given = _of_rows(evidence, sample, name, part)
        if given is None or not same(yours, given, sample.bars[name]):
            return False
        seen = seen or name in sample.wrong
    return seen


def _of_rows(evidence: Evidence, sample: Sample, name: str, part: slice) -> Array | None:
    """The right array if only some rows had an upstream gradient."""
    check, case = evidence.check, sample.case
    if UPSTREAM not in case or UPSTREAM not in check.rows:
        return None
    upstream = np.zeros_like(case.grad_output)
    upstream[part] = case.grad_output[part]
    if not upstream.any():
        zero = {array: np.zeros_like(right) for array, right in sample.right.items()}
        return zero[name] if name in check.gradients else None
    answers = check.probe(check.reference, case.replace(grad_output=upstream))
    return next((np.asarray(value) for array, value in answers if array == name), None)
