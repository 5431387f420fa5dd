"""The formula that a wrong array is, where the search finds one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.formula.samples import Sample as Numbers
from tutor.diagnosis.formula.search import search
from tutor.diagnosis.quantities import arrays_of, sizes_of
from tutor.diagnosis.state import REPEATED
from tutor.diagnosis.wording import count, instance
from tutor.verdict import Diagnosis

ROUNDED = 1e-5  # numbers that are this close were meant to be right


def found_formulas(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """A diagnosis for every array that is one formula over the exercise's quantities."""
    for name in unexplained:
        numbers = _numbers(evidence, name) if _is_worth_a_search(evidence, name) else []
        formula = search(numbers) if numbers else None
        if formula is not None:
            yield Diagnosis(
                id="formula",
                message=f"Your `{name}` is `{formula.text}`.",
                evidence=f"It gives your numbers in all {count(len(numbers), 'case')}: "
                f"{instance(evidence.samples, name)}.",
                arrays=(name,),
            )


def _is_worth_a_search(evidence: Evidence, name: str) -> bool:
    """Whether the array is float64, and off by more than rounding."""
    for sample in evidence.samples:
        yours, right = sample.array(name), sample.right.get(name)
        if name not in sample.wrong or sample.kind in REPEATED or yours is None or right is None:
            continue
        if yours.dtype != np.float64:
            return False
        if yours.shape != right.shape:
            return True
        if (np.abs(yours - right) > ROUNDED * np.abs(right).max(initial=0.0)).any():
            return True
    return False


def _numbers(evidence: Evidence, name: str) -> list[Numbers]:
    """The learner's array in every sample, with what it may be made of.

    A size that is the same everywhere could be any other number, so only those that vary count.
    """
    samples = [s for s in evidence.samples if s.kind not in REPEATED and s.array(name) is not None]
    sizes = [sizes_of(evidence.check, sample) for sample in samples]
    varying = {size for each in sizes for size in each if len({s.get(size) for s in sizes}) > 1}
    return [
        Numbers(
            np.asarray(sample.array(name)),
            arrays_of(evidence.check, sample),
            {size: value for size, value in known.items() if size in varying},
        )
        for sample, known in zip(samples, sizes, strict=True)
    ]
