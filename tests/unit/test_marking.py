"""Predictions: what counts as the same numbers, however they are written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.marking import mark_prediction, read_number, read_numbers

SHAPES = [
    "(3, 5)",
    "3 5",
    "3,5",
    "3x5",
    "3X5",
    "3 x 5",
    "3\u00d75",
    "3 \u00d7 5",
    "3 by 5",
    "3by5",
    "[3, 5]",
    "three by five",
    "Three times FIVE",
    "it is (3, 5).",
    "grad_W2 has shape (3, 5)",
    "3-5",
    "3.0 5.00",
    "  3 ;5\n",
]


@pytest.mark.parametrize("text", SHAPES)
def test_a_shape_is_right_however_it_is_written(text: str) -> None:
    assert mark_prediction(text, (3.0, 5.0), 0.0) == "right"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0),
        ("1.0", 1.0),
        ("0.5.", 0.5),
        (".5", 0.5),
        ("1/3", 1 / 3),
        ("-1 / 3", -1 / 3),
        ("1e-5", 1e-5),
        ("1E-05", 1e-5),
        ("10^-5", 1e-5),
        ("2 * 10**-3", 2e-3),
        ("2 \u00d7 10^3", 2000.0),
        ("\u22120.4", -0.4),
        ("\u20130.4", -0.4),
        ("- 0.4", -0.4),
        ("minus 0.4", -0.4),
        ("negative one", -1.0),
        ("x=-5", -5.0),
        ("+3", 3.0),
        ("203,530", 203530.0),
        ("203 530", 203530.0),
        ("203\u202f530", 203530.0),
        ("1,203,530.5", 1203530.5),
        ("203_530", 203530.0),
        ("0,5", 0.5),
        ("ten", 10.0),
        ("zero", 0.0),
        ("about 0.731", 0.731),
        ("4 + 4 * 0.001 = 4.004", 4.004),
        ("dL/dL = 1", 1.0),
        ("the one at x1 is 7", 7.0),
        ("5ms", 5.0),
        ("\u0663", 3.0),
    ],
)
def test_one_number_is_right_however_it_is_written(text: str, number: float) -> None:
    assert mark_prediction(text, (number,), 0.0) == "right"


def test_a_matrix_is_read_row_by_row() -> None:
    for text in ("[[4,4],[6,6]]", "4 4 6 6", "[[4. 4.]\n [6. 6.]]"):
        assert mark_prediction(text, (4.0, 4.0, 6.0, 6.0), 0.0) == "right"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (3.0,)),
        ("no idea", (3.0,)),
        ("4", (3.0,)),
        ("3 5", (3.0,)),
        ("3", (3.0, 5.0)),
        ("5 3", (3.0, 5.0)),
        ("nan", (3.0,)),
        ("inf", (math.inf,)),
        ("nan", (math.nan,)),
        ("1e999", (math.inf,)),
        ("1/0", (math.inf,)),
        ("3", (-3.0,)),
        ("203,530", (203.0, 531.0, 1.0)),
        ("", ()),
        ("3", ()),
    ],
)
def test_wrong(text: str, expected: tuple[float, ...]) -> None:
    assert mark_prediction(text, expected, 0.0) == "wrong"


def test_partly_right_is_some_numbers_right_and_none_missing() -> None:
    assert mark_prediction("3 4", (3.0, 5.0), 0.0) == "partly"
    assert mark_prediction("3", (3.0, 5.0), 0.0) == "wrong"
    assert mark_prediction("3 5 1", (3.0, 5.0), 0.0) == "wrong"


def test_thousands_are_two_numbers_where_two_are_asked_for() -> None:
    assert mark_prediction("203,530", (203.0, 530.0), 0.0) == "right"


def test_without_a_tolerance_an_answer_is_exact() -> None:
    assert mark_prediction("4.004", (4.004001,), 0.0) == "wrong"
    assert mark_prediction("4.0040010000001", (4.004001,), 0.0) == "right"
    assert mark_prediction("0.0000001", (0.0,), 0.0) == "wrong"


def test_a_tolerance_is_absolute_and_includes_its_edge() -> None:
    assert mark_prediction("0.4", (0.3,), 0.1) == "right"
    assert mark_prediction("0.2", (0.3,), 0.1) == "right"
    assert mark_prediction("0.41", (0.3,), 0.1) == "wrong"
    assert mark_prediction("nan", (0.3,), 0.1) == "wrong"


def test_numbers_in_names_are_not_read() -> None:
    assert read_numbers("W2 @ x1 + b_3 is 4 by 5") == [4.0, 5.0]


def test_one_number_and_nothing_else() -> None:
    assert read_number("-1/4") == -0.25
    assert read_number("3 5") is None
    assert read_number("three") is None
    assert read_number("1e999") is None
    assert read_number("") is None


_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.text(), st.lists(st.floats(), max_size=4), st.floats())
def test_any_text_has_a_mark(text: str, expected: list[float], tolerance: float) -> None:
    assert mark_prediction(text, tuple(expected), tolerance) in ("right", "partly", "wrong")


@given(st.text(alphabet="0123456789.,-+eE/x^*_ '()=\u00d7\u2212"), st.integers(0, 3))
def test_any_heap_of_digits_has_a_mark(text: str, count: int) -> None:
    assert mark_prediction(text, (1.0,) * count, 0.0) in ("right", "partly", "wrong")


@given(st.lists(_NUMBERS, min_size=1, max_size=6))
def test_python_writes_right_answers(numbers: list[float]) -> None:
    expected = tuple(numbers)
    for text in (repr(numbers), repr(expected), " ".join(map(repr, numbers))):
        assert mark_prediction(text, expected, 0.0) == "right"
