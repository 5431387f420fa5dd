"""What counts as equal, and what is said where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.checking.judge import expected, judge
from tutor.report import yours_label
from tutor.spec import Case
from tutor.verdict import Finding

RNG = np.random.default_rng(1)
RIGHT = RNG.normal(size=(4, 3))
CASE = Case("a case", x=RNG.normal(size=(4, 3)), grad_output=RNG.normal(size=(4, 3)))


def judged(yours: object, right: np.ndarray = RIGHT, case: Case = CASE) -> Finding | None:
    return judge(case, expected("grad_input", right, case, 1e-9), yours)


def kind(yours: object, right: np.ndarray = RIGHT) -> str:
    finding = judged(yours, right)
    return finding.kind if finding else "right"


def test_rounding_is_right_and_a_millionth_is_wrong() -> None:
    assert kind(RIGHT * (1 + 1e-15)) == "right"
    assert kind(RIGHT + 1e-6 * np.abs(RIGHT).max()) == "value"


def test_one_wrong_entry_of_many_is_found_and_named() -> None:
    yours = np.zeros((200, 100))
    yours[17, 42] = 1e-3
    finding = judged(yours, np.zeros((200, 100)))
    assert finding is not None
    assert "1 of 20000" in finding.message
    assert finding.yours == "[17, 42] = 0.001"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_never_right(bad: float) -> None:
    yours = RIGHT.copy()
    yours[2, 1] = bad
    assert kind(yours) == "nan"
    assert kind(np.full_like(RIGHT, bad)) == "nan"
    assert kind(float(bad), np.array(1.0)) == "nan"


def test_a_tiny_gradient_is_not_mistaken_for_zero() -> None:
    tiny = RIGHT * 1e-9
    assert kind(np.zeros_like(tiny), tiny) == "value"
    assert kind(tiny * 1.001, tiny) == "value"


@pytest.mark.parametrize(
    ("yours", "expected_kind"),
    [
        (None, "none"),
        ([[1.0]], "type"),
        (("a", "b"), "type"),
        ("text", "type"),
        (RIGHT.T, "shape"),
        (RIGHT[None], "shape"),
        (1.5, "type"),
        (RIGHT.astype(np.float32), "dtype"),
        (RIGHT > 0, "dtype"),
        (RIGHT.astype(complex), "dtype"),
    ],
)
def test_the_kind_says_what_is_wrong(yours: object, expected_kind: str) -> None:
    assert kind(yours) == expected_kind


def test_a_loss_may_be_any_kind_of_float() -> None:
    for yours in (0.25, np.float64(0.25), np.array(0.25)):
        assert kind(yours, np.array(0.25)) == "right"


@pytest.mark.parametrize(
    ("yours", "says"),
    [
        (RIGHT / 4, "Every entry is 1/4 of what it should be"),
        (RIGHT * 2, "Every entry is 2 times what it should be"),
        (-RIGHT, "Every entry has the opposite sign"),
        (RIGHT * 0, "It is zero everywhere"),
    ],
)
def test_a_plain_pattern_is_said(yours: np.ndarray, says: str) -> None:
    finding = judged(yours)
    assert finding is not None
    assert says in finding.message


def test_a_pattern_is_not_claimed_of_numbers_that_do_not_have_it() -> None:
    yours = RIGHT * 0.25
    yours[0, 0] *= 1.01
    finding = judged(yours)
    assert finding is not None
    assert "Every entry" not in finding.message


def test_numbers_are_shown_with_the_digits_that_tell_them_apart() -> None:
    finding = judged(np.array(1.0000001), np.array(1.0))
    assert finding is not None
    assert "1.0000001" in finding.message


def test_a_small_matrix_is_shown_whole_with_what_is_off() -> None:
    yours = RIGHT.copy()
    yours[1, 0] += 0.5
    finding = judged(yours)
    assert finding is not None
    mine, theirs = (
        [line.split() for line in t.split("\n")] for t in (finding.yours, finding.expected)
    )
    assert len(mine) == len(theirs) == RIGHT.shape[0]
    assert [cell for line in mine for cell in line if cell.endswith("*")] == [mine[1][0]]
    assert float(theirs[1][0]) == pytest.approx(RIGHT[1, 0], abs=1e-3)
    assert yours_label(finding) == "yours (* is off)"
    assert finding.message == f"`grad_input` is off in 1 of {RIGHT.size} entries."
    assert len({len(line) for line in finding.expected.split("\n")}) == 1


def test_where_all_is_off_nothing_is_marked() -> None:
    finding = judged(RIGHT + 1)
    assert finding is not None
    assert "\n" in finding.yours
    assert yours_label(finding) == "yours"


@pytest.mark.parametrize("by", [1e-4, 1e-8])
def test_a_matrix_shows_the_difference_or_the_worst_entry_does(by: float) -> None:
    yours = RIGHT.copy()
    yours[0, 1] += by
    finding = judged(yours)
    assert finding is not None
    assert finding.yours.replace("*", "").split() != finding.expected.split()
    assert ("\n" in finding.yours) == (by > 1e-6)


def test_large_and_flat_arrays_are_told_by_their_worst_entry() -> None:
    for shape in ((5, 5), (24,), (2, 3, 4)):
        right = np.arange(float(np.prod(shape))).reshape(shape) + 1
        finding = judged(right * 2, right)
        assert finding is not None
        assert finding.yours.startswith("[")
