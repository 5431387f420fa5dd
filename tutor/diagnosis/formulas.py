"""The formula that a wrong array is, where the search finds one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tutor.diagnosis.evidence import Array, Evidence, Sample, is_far_off
from tutor.diagnosis.formula.samples import Sample as Numbers
from tutor.diagnosis.formula.search import search
from tutor.diagnosis.formula.telling import told
from tutor.diagnosis.formula.terms import Shape
from tutor.diagnosis.quantities import arrays_of, sizes_of
from tutor.diagnosis.state import REPEATED
from tutor.verdict import Diagnosis

MOST_SOUGHT = 3  # arrays; one mistake often spoils many
PATIENCE = 0.6  # seconds; a tenth of it does on a quiet machine


def found_formulas(evidence: Evidence, unexplained: tuple[str, ...]) -> Iterator[Diagnosis]:
    """A diagnosis for every array that is one formula over the exercise's quantities."""
    for name in unexplained[:MOST_SOUGHT]:
        if _is_worth_a_search(evidence, name) and (found := _found(evidence, name)) is not None:
            yield found


def _found(evidence: Evidence, name: str) -> Diagnosis | None:
    samples = _samples(evidence, name)
    arrays = _numbers(evidence, samples, lambda sample: np.asarray(sample.array(name)))
    yours = search(arrays, PATIENCE)
    if yours is None:
        return None
    right = search(_numbers(evidence, samples, lambda sample: sample.right[name]), PATIENCE)
    shape, wanted = _shapes(samples, name)
    message, proof = told(name, yours, right, shape=shape, wanted=wanted)
    return Diagnosis(id="formula", message=message, evidence=proof, arrays=(name,))


def _is_worth_a_search(evidence: Evidence, name: str) -> bool:
    """Whether the array is float64 where it is wrong, and off by more than rounding."""
    wrong = [s for s in evidence.samples if name in s.wrong and s.kind not in REPEATED]
    arrays = [array for sample in wrong if (array := sample.array(name)) is not None]
    return bool(arrays) and arrays[0].dtype == np.float64 and is_far_off(evidence, name)


def _samples(evidence: Evidence, name: str) -> list[Sample]:
    return [s for s in evidence.samples if s.kind not in REPEATED and s.array(name) is not None]


def _shapes(samples: list[Sample], name: str) -> tuple[Shape | None, Shape | None]:
    """Two shapes of the array, yours and the right one, in a case where they differ."""
    for sample in samples:
        yours, right = sample.array(name), sample.right[name]
        if yours is not None and yours.shape != right.shape:
            return yours.shape, right.shape
    return None, None


def _numbers(
    evidence: Evidence, samples: list[Sample], target: Callable[[Sample], Array]
) -> list[Numbers]:
    """The sought array in every sample, with what it may be made of.

    A size that is the same everywhere could be any other number, so only those that vary count.
    """
    sizes = [sizes_of(evidence.check, sample) for sample in samples]
    varying = {size for each in sizes for size in each if len({s.get(size) for s in sizes}) > 1}
    return [
        Numbers(
            target(sample),
            arrays_of(evidence.check, sample),
            {size: value for size, value in known.items() if size in varying},
        )
        for sample, known in zip(samples, sizes, strict=True)
    ]
