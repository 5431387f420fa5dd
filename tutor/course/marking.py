"""Marking a learner's prediction: the numbers in what they typed against those expected.

A learner writes a shape as `(3, 5)`, `3x5`, `3 by 5` or `three by five`, and all of these are
right. So the text is read in a few ways, the plainest first, and the best mark counts.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

PredictionMark = Literal["right", "partly", "wrong"]

# The exactness of an answer for which the course states no tolerance.
_RELATIVE = 1e-9

_DIGITS = r"(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
# A sign directly behind a number is a dash (`3-5`); digits within a name (`W2`) are no number.
_NUMBER = re.compile(
    rf"(?:(?<![\w)\]])(?P<sign>[-+])[ ]?)?(?<!\w)(?<!\d\.)(?P<above>{_DIGITS})"
    rf"(?:\s*/\s*(?P<below>{_DIGITS}))?"
)
_SPELLED_NUMBERS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
]  # fmt: skip
_SPELLED = re.compile(rf"\b({'|'.join(_SPELLED_NUMBERS)})\b", re.IGNORECASE)

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00d7\u2715\u2a2f", " x "),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    }
)
_BETWEEN_SIZES = re.compile(r"(?<=\d)[ ]*(?:x|by)[ ]*(?=[-+.\d])", re.IGNORECASE)
_MINUS_WORD = re.compile(r"\b(?:minus|negative)[ ]+", re.IGNORECASE)
# `2 x 10^-3` and `10**-3` are 2e-3 and 1e-3.
_POWER_OF_TEN = re.compile(
    rf"(?<![\w.])(?:({_DIGITS})[ ]*[x*\u00b7][ ]*)?10[ ]*(?:\^|\*\*)[ ]*([-+]?\d+)"
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}([,' ])\d{3}(?:\1\d{3})*(?![\d,])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")
_LAST_CLAIM = re.compile(r"=|\u2248|->|\u2192")


def mark_prediction(text: str, expected: tuple[float, ...], tolerance: float) -> PredictionMark:
    """Mark the numbers in `text`, which are as many as `expected`, in the same order.

    `tolerance` is absolute; 0 asks for exactness to 1e-9 of the number. The mark is `partly` when
    some numbers are right and none is missing. Any text has a mark.
    """
    best: PredictionMark = "wrong"
    for numbers in _readings(text, count=len(expected)):
        if len(numbers) != len(expected):
            continue
        right = sum(map(_is_right, numbers, expected, [tolerance] * len(expected)))
        if right and right == len(expected):
            return "right"
        if right:
            best = "partly"
    return best


def can_be_marked(text: str, expected: tuple[float, ...]) -> bool:
    """Whether `text` holds as many numbers as are asked for; if not, it is a slip, no answer."""
    count = len(expected)
    return any(len(numbers) == count for numbers in _readings(text, count=count))


def read_numbers(text: str) -> list[float]:
    """The numbers of a text in reading order, in digits; `1/3` is one number."""
    plain = _MINUS_WORD.sub("-", text.translate(_CHARACTERS))
    plain = _POWER_OF_TEN.sub(lambda power: f"{power[1] or 1}e{power[2]}", plain)
    plain = _BETWEEN_SIZES.sub(" ", plain)
    return [_value(found) for found in _NUMBER.finditer(plain)]


def read_number(text: str) -> float | None:
    """The finite number that all of `text` is, or None."""
    found = _NUMBER.fullmatch(text.translate(_CHARACTERS))
    value = _value(found) if found else math.nan
    return value if math.isfinite(value) else None


def _value(found: re.Match[str]) -> float:
    value = float(found["above"])
    if found["below"]:
        below = float(found["below"])
        value = value / below if below else math.nan
    return -value if found["sign"] == "-" else value


def _readings(text: str, *, count: int) -> Iterator[list[float]]:
    """The ways to read `text`, the plainest first."""
    yield read_numbers(text)
    if count == 1:
        # With one number asked for, a comma or a space within digits separates nothing.
        plain = text.translate(_CHARACTERS)
        yield read_numbers(_THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), plain))
        yield read_numbers(_DECIMAL_COMMA.sub(r"\1.\2", plain))
    yield read_numbers(_SPELLED.sub(_in_digits, text))
    # Behind a calculation, the last claim counts: `4 + 4 * 0.001 = 4.004`.
    yield read_numbers(_LAST_CLAIM.split(text)[-1])


def _in_digits(word: re.Match[str]) -> str:
    return str(_SPELLED_NUMBERS.index(word[0].lower()))


def _is_right(given: float, expected: float, tolerance: float) -> bool:
    # Not a number compares false, and infinity is never a number that a lesson asks for.
    if not (math.isfinite(given) and math.isfinite(expected)):
        return False
    return abs(given - expected) <= tolerance + _RELATIVE * abs(expected)
