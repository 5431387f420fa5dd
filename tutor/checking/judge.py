"""Compares what learner code gave with what is right, one array at a time.

The bar for values is relative to the array's own largest entry, with room for rounding in the
arrays that went in. `NaN` is never within any bar: every comparison asks for "within", not for
"outside".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.checking import words
from tutor.lending import Limited
from tutor.spec import Case
from tutor.verdict import Finding

ROUNDING = 1e-13


class Expected(Struct, frozen=True):
    """What is right for one array of one case.

    `bar` is the largest difference that still counts as equal. A `limited` array has no right
    value: what the probe yields says by itself whether it is within its limits.
    """

    array: str
    value: NDArray[Any]
    bar: float
    limited: bool = False


def expected(array: str, value: Any, case: Case, tolerance: float) -> Expected:
    """The reference's answer with its bar.

    The bar is `tolerance` times the largest entry, plus rounding at the scale of the upstream
    gradient: a saturated softmax leaves 1e-17 where the exact answer is 0. Where everything
    cancels to zero, the tolerance is taken of the upstream gradient.
    """
    right = np.asarray(value.value if isinstance(value, Limited) else value)
    largest = _largest(right)
    upstream = _largest(np.asarray(case.grad_output)) if "grad_output" in case else largest
    bar = tolerance * (largest or upstream) + ROUNDING * upstream
    return Expected(array=array, value=right, bar=bar, limited=isinstance(value, Limited))


def _largest(array: NDArray[Any]) -> float:
    return float(np.abs(array).max(initial=0.0))


def judge(case: Case, right: Expected, yours: Any) -> Finding | None:
    """The finding for one array, or None where it is right."""
    if isinstance(yours, Limited):
        return _judge_limits(case, right, yours)
    wrong_type = words.wrong_type(right.array, right.value, yours)
    if wrong_type is not None:
        kind, message = wrong_type
        return Finding(case.name, right.array, kind, message)
    # A whole number of Python's is as good as any where one number is asked for.
    whole = type(yours) is int and right.value.dtype.kind == "f"
    mine = np.asarray(float(yours) if whole else yours)
    if mine.shape != right.value.shape:
        return Finding(
            case.name,
            right.array,
            "shape",
            words.wrong_shape(right.array, mine.shape, right.value.shape),
            yours=words.shape(mine.shape),
            expected=words.shape(right.value.shape),
        )
    wrong_dtype = words.wrong_dtype(right.array, right.value.dtype, mine.dtype)
    if wrong_dtype:
        return Finding(
            case.name,
            right.array,
            "dtype",
            wrong_dtype,
            yours=str(mine.dtype),
            expected=str(right.value.dtype),
        )
    return _judge_values(case, right, mine)


def _judge_limits(case: Case, right: Expected, yours: Limited) -> Finding | None:
    wrong_type = words.wrong_type(right.array, right.value, yours.value)
    if wrong_type is not None:
        kind, message = wrong_type
        return Finding(case.name, right.array, kind, message)
    if np.size(yours.value) == 1 and yours.least <= float(yours.value) <= yours.most:
        return None
    return Finding(case.name, right.array, "value", words.out_of_limits(right.array, yours))


def _judge_values(case: Case, right: Expected, mine: NDArray[Any]) -> Finding | None:
    finite = np.isfinite(mine)
    if not finite.all():
        bad = first_where(~finite)
        return Finding(
            case.name,
            right.array,
            "nan",
            words.not_finite(right.array, mine),
            yours=words.entry(words.number(mine[bad]), bad),
            expected=words.entry(words.number(right.value[bad]), bad),
        )
    with np.errstate(over="ignore"):
        difference = np.abs(mine - right.value)
    within = difference <= right.bar
    if within.all():
        return None
    worst = first_where(difference == difference.max())
    whole = words.whole(mine, right.value, within)
    if whole is None:
        apart = words.distinct(mine[worst], right.value[worst])
        whole = words.entry(apart[0], worst), words.entry(apart[1], worst)
    return Finding(
        case.name,
        right.array,
        "value",
        words.wrong_values(right.array, mine, right.value, within, worst),
        yours=whole[0],
        expected=whole[1],
    )


def first_where(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    """The index of the first True entry, in reading order."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))
