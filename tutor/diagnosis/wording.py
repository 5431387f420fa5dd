"""Numbers and names in diagnoses: few characters, the learner's names."""

from __future__ import annotations

from typing import Any

import numpy as np

from tutor.diagnosis.evidence import Array, Sample


def number(value: Any) -> str:
    return f"{float(value) + 0.0:.4g}"


def two_numbers(one: Any, other: Any) -> tuple[str, str]:
    """Both with as many digits as it takes to see that they differ."""
    told = "", ""
    for digits in (4, 6, 9, 12, 17):
        told = f"{float(one) + 0.0:.{digits}g}", f"{float(other) + 0.0:.{digits}g}"
        if told[0] != told[1]:
            break
    return told


def place(name: str, index: tuple[int, ...]) -> str:
    """`grad_W[0, 1]`, or the bare name of a single number."""
    return f"`{name}[{', '.join(map(str, index))}]`" if index else f"`{name}`"


def listed(names: tuple[str, ...], most: int = 3) -> str:
    """`a`, `b` and `c`; of many, the first few and how many more."""
    quoted = [f"`{name}`" for name in names]
    if len(names) > most:
        return f"{', '.join(quoted[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def count(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


def in_all(amount: int) -> str:
    """`In all 6 cases`, `In the one case`."""
    return "In the one case" if amount == 1 else f"In all {amount} cases"


def short(case: str) -> str:
    """The name of a case without the reason that follows its colon."""
    return case.split(":", 1)[0]


def instance(samples: tuple[Sample, ...], name: str) -> str:
    """One entry in which the learner's array differs, with what is right; empty if none can be."""
    for sample in samples:
        yours = sample.array(name)
        right = sample.right.get(name)
        if name not in sample.wrong or yours is None or right is None:
            continue
        if yours.shape != right.shape:
            return f"`{name}` is {_shape(yours)} where {_shape(right)} is right"
        index = _worst(yours, right)
        mine, wanted = two_numbers(yours[index], right[index])
        return f"{place(name, index)} = {mine} where {wanted} is right"
    return ""


def _shape(array: Array) -> str:
    return str(array.shape) if array.shape else "a single number"


def _worst(yours: Array, right: Array) -> tuple[int, ...]:
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(yours - right), nan=np.inf)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
