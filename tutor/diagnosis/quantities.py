"""What a learner's formula may be made of, in one sample: arrays and sizes by their names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from tutor.diagnosis.evidence import Array, Sample
from tutor.spec import Check


def quantities_of(check: Check, sample: Sample) -> dict[str, Any]:
    """The case's own quantities, the right forward arrays, and what the check adds to them."""
    forward = {name: a for name, a in sample.right.items() if name not in check.gradients}
    own = {name: getattr(sample.case, name) for name in sample.case}
    added = {}
    if check.quantities is not None:
        with np.errstate(all="ignore"):
            added = dict(check.quantities(sample.case, SimpleNamespace(**sample.right)))
    return {**forward, **own, **added}


def sizes_of(check: Check, sample: Sample) -> dict[str, float]:
    """The whole numbers among them: N, C and their like."""
    found = quantities_of(check, sample)
    return {
        name: float(value)
        for name, value in found.items()
        if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value > 0
    }


def arrays_of(check: Check, sample: Sample) -> dict[str, Array]:
    """The numeric arrays among them; booleans count as 0 and 1."""
    return {
        name: np.asarray(value)
        for name, value in quantities_of(check, sample).items()
        if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and name.isidentifier()
    }
