"""How findings are told: plain words, the learner's names, short enough to read at a glance."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.checking.conversation import Changed
from tutor.checking.proxy import Bound, Foreign, LearnerObject
from tutor.checking.referee import Element
from tutor.lending import Limited
from tutor.verdict import FindingKind

DIGITS = 6
MOST_SHOWN = 24  # entries of a matrix that is shown in full
WIDEST_SHOWN = 52  # columns of one
SINGLE_PRECISION = 3e-7
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


# -- numbers and shapes -------------------------------------------------------------------------


def number(value: Any) -> str:
    """A number in few characters that still tell it from its neighbours."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (complex, np.complexfloating)):
        return f"{value:.{DIGITS}g}"
    return f"{float(value) + 0.0:.{DIGITS}g}"  # + 0.0: no minus before a zero


def shape(sizes: tuple[int, ...]) -> str:
    return "a single number" if sizes == () else str(tuple(sizes))


def place(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index))}]" if index else ""


def entry(told: str, index: tuple[int, ...]) -> str:
    """`[1, 2] = 0.25`, or the bare number of a 0-d array."""
    return f"{place(index)} = {told}" if index else told


def distinct(yours: Any, right: Any) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to see that they differ."""
    for digits in (6, 9, 12, 17):
        mine, theirs = f"{float(yours) + 0.0:.{digits}g}", f"{float(right) + 0.0:.{digits}g}"
        if mine != theirs:
            break
    return mine, theirs


def whole(
    yours: NDArray[Any], right: NDArray[Any], within: NDArray[np.bool_]
) -> tuple[str, str] | None:
    """Both matrices in full, wrong entries of yours with a `*` unless all are.

    None for what is no small matrix, and where the digits that fit show no difference.
    """
    if yours.ndim != 2 or not 1 < yours.size <= MOST_SHOWN:
        return None
    largest = float(max(np.abs(yours).max(), np.abs(right).max()))
    if not 1e-3 <= largest < 1e6:
        return None
    for digits in (4, DIGITS):
        whole_numbers = yours.dtype.kind in "biu" and right.dtype.kind in "biu"
        decimals = 0 if whole_numbers else max(0, digits - 1 - math.floor(math.log10(largest)))
        mine, theirs = ([f"{x + 0.0:.{decimals}f}" for x in a.flat] for a in (yours, right))
        told_apart = all(
            a != b for a, b, same in zip(mine, theirs, within.flat, strict=True) if not same
        )
        if told_apart:
            if within.any():
                marks = (" " if same else "*" for same in within.flat)
                mine = [f"{text}{mark}" for text, mark in zip(mine, marks, strict=True)]
            tables = _table(mine, yours.shape), _table(theirs, right.shape)
            widest = max(len(line) for table in tables for line in table.split("\n"))
            return tables if widest <= WIDEST_SHOWN else None
    return None


def _table(cells: list[str], sizes: tuple[int, ...]) -> str:
    """Cells in aligned columns, one line for each row."""
    rows, columns = sizes
    width = max(map(len, cells))
    lines = (cells[row * columns : (row + 1) * columns] for row in range(rows))
    return "\n".join("  ".join(f"{cell:>{width}}" for cell in line).rstrip() for line in lines)


def printable(text: str, limit: int = 400) -> str:
    """Learner text that is safe on a terminal: no control characters, not without end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # a progress bar's return is a line
    shown = "".join(c if c.isprintable() or c in "\n\t" else REPLACEMENT for c in text)
    return shown if len(shown) <= limit else shown[:limit] + " ..."


def count(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"


# -- findings about one array -------------------------------------------------------------------


def wrong_type(array: str, right: NDArray[Any], yours: Any) -> tuple[FindingKind, str] | None:
    """The finding for a value that is no number or array at all."""
    wanted = "a number" if right.ndim == 0 else f"a NumPy array of shape {shape(right.shape)}"
    if yours is None:
        return (
            "none",
            f"`{array}` is None. It should be {wanted}. Was it never returned, or never set?",
        )
    if isinstance(yours, (np.ndarray, np.generic)):
        return None
    if isinstance(yours, (bool, int, float)) and right.ndim == 0:
        return None
    if isinstance(yours, (list, tuple)):
        article = f"a {type(yours).__name__} of {count(len(yours), 'value')}"
        return "type", f"`{array}` is {article}. It should be {wanted}."
    if isinstance(yours, Bound):
        return "type", f"`{array}` is a method. It should be {wanted}: call it, with ()."
    if isinstance(yours, Foreign):
        return "type", f"`{array}` is of type {yours.type_name}. It should be {wanted}."
    kind = "an object" if isinstance(yours, LearnerObject) else f"of type {type(yours).__name__}"
    return "type", f"`{array}` is {kind}. It should be {wanted}."


def wrong_shape(array: str, yours: tuple[int, ...], right: tuple[int, ...]) -> str:
    if not yours:
        return f"`{array}` is a single number; it should have shape {shape(right)}."
    wanted = f"have shape {shape(right)}" if right else "be a single number"
    told = f"`{array}` has shape {shape(yours)}; it should {wanted}."
    if yours == (1, *right):
        told += " There is an extra axis of size 1 in front: `keepdims`, or brackets too many?"
    elif yours == right[::-1] and yours != right:
        told += " The sizes are right, turned round."
    elif len(yours) == len(right) + 1 and yours[1:] == right:
        told += f" One axis too many: the {yours[0]} rows were not added up."
    return told


def wrong_dtype(array: str, right: np.dtype[Any], yours: np.dtype[Any]) -> str:
    """Empty if the dtype will do. Longer floats than float64 do; shorter ones lose digits."""
    if right.kind == "f" and yours.kind == "f":
        if yours.itemsize >= 8:
            return ""
        return (
            f"`{array}` is {yours}: half of the digits are gone or more. "
            "Work in float64 all the way."
        )
    if right.kind == "f" and yours.kind in "iu":
        return f"`{array}` is {yours}: whole numbers only. Work in float64."
    if right.kind != yours.kind:
        return f"`{array}` is {yours}; it should be {right}."
    return ""


def not_finite(array: str, yours: NDArray[Any]) -> str:
    bad = ~np.isfinite(yours)
    kind = "NaN" if np.isnan(yours).any() else "infinite"
    if yours.ndim == 0:
        return f"`{array}` is {kind}."
    return f"`{array}` is {kind} in {int(bad.sum())} of its {yours.size} entries."


def wrong_values(
    array: str,
    yours: NDArray[Any],
    right: NDArray[Any],
    within: NDArray[np.bool_],
    worst: tuple[int, ...],
) -> str:
    mine, theirs = distinct(yours[worst], right[worst])
    if yours.ndim == 0:
        return f"`{array}` is {mine}; it should be {theirs}."
    off = int((~within).sum())
    told = f"`{array}` is off in {off} of {yours.size} entries."
    if yours.size == 1:
        told = f"`{array}` is off."
    pattern = _pattern(yours, right, within)
    where = f"At {place(worst)} it is {mine}; it should be {theirs}."
    if whole(yours, right, within):  # which shows it
        where = ""
    return " ".join(filter(None, (told, pattern, where)))


def _pattern(yours: NDArray[Any], right: NDArray[Any], within: NDArray[np.bool_]) -> str:
    """What all entries have in common, where that is plain to see."""
    if not yours.any():
        return "It is zero everywhere."
    seen = right != 0
    if seen.sum() < 2 or yours[~seen].any():
        return ""
    difference, largest = np.abs(yours - right).max(), np.abs(right).max()
    if difference < SINGLE_PRECISION * largest and within.mean() < 0.5:
        return "It agrees to about 7 digits only: float32 on the way, or a little something added."
    ratios = yours[seen] / right[seen]
    ratio = float(np.median(ratios))
    if not np.allclose(ratios, ratio, rtol=1e-9, atol=0) or abs(ratio - 1) < 1e-3:
        return ""
    if abs(ratio + 1) < 1e-9:
        return "Every entry has the opposite sign."
    parts = 1 / ratio if abs(ratio) > 1e-6 else 0.0
    if abs(round(parts)) > 1 and abs(parts - round(parts)) < 1e-6:
        sign = "-" if parts < 0 else ""
        return f"Every entry is {sign}1/{abs(round(parts))} of what it should be."
    return f"Every entry is {number(ratio)} times what it should be."


def out_of_limits(array: str, yours: Limited) -> str:
    limit, word = (yours.most, "most") if yours.value > yours.most else (yours.least, "least")
    told, bound = (f"{number(each)} {yours.unit}".rstrip() for each in (yours.value, limit))
    return f"`{array}` is {told}; it should be at {word} {bound}."


def not_your_forward(array: str, forward: str, element: Element | None) -> str:
    """For a right gradient beside a right forward that is right at this point only."""
    told = f"`{array}` is right for this case, but it is not the slope of your own `{forward}`"
    if element is None:
        return f"{told}: nudged inputs give another one."
    return f"{told}: {_two_slopes(element)}."


def with_your_forward(array: str, forward: str) -> str:
    """For a gradient that is the slope of a wrong forward."""
    return f"`{array}` belongs to your own forward, which is wrong: mend `{forward}` first."


def with_wrong_forward(message: str, forward: str, element: Element | None) -> str:
    """For a wrong gradient that is not the slope of a wrong forward either."""
    told = f"{message} It does not belong to your own `{forward}` either"
    return f"{told}." if element is None else f"{told}: {_two_slopes(element)}."


def _two_slopes(element: Element) -> str:
    yours, slope = distinct(element.claimed, element.measured)
    where = f"at {place(element.index)} " if element.index else ""
    return f"{where}it is {yours}, and the measured slope is {slope}"


def changed(lent: Changed) -> str:
    return (
        f"`{lent.where}` leaves {lent.argument} changed. It may nudge the array while it works, "
        "but must put every entry back."
    )


def unusable(error: str) -> str:
    return printable(f"What your code returned cannot be used: {error}.")
