"""Constant factors are told by the sizes, or not at all."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tutor.diagnosis.formula.factors import Explainer, Factor, with_lesser
from tutor.diagnosis.formula.rendering import factor_text

SIZES = [with_lesser({"N": n, "C": c}) for n, c in ((4, 3), (5, 5), (1, 2), (200, 3))]
N = np.array([s["N"] for s in SIZES])
C = np.array([s["C"] for s in SIZES])


@pytest.mark.parametrize(
    ("fitted", "text"),
    [
        (1 + 0 * N, "1"),
        (-1 + 0 * N, "-1"),
        (1 / N, "1 / N"),
        (-2 / N, "-2 / N"),
        (1 / N**2, "1 / N ** 2"),
        (1 / (N * C), "1 / (C * N)"),
        (N / C, "N / C"),
        (4 + 0 * N, "4"),
        (0.5 + 0 * N, "1 / 2"),
        (1 / np.sqrt(C), "1 / np.sqrt(C)"),
        (C - 1, "(C - 1)"),
    ],
)
def test_a_factor_is_told_by_the_sizes(fitted: np.ndarray, text: str) -> None:
    found = Explainer(SIZES).explain(fitted)
    assert found is not None
    assert factor_text(found) == text
    assert np.allclose([found.value(s) for s in SIZES], fitted)


@pytest.mark.parametrize(
    "fitted",
    [
        0.7 + 0 * N,
        1 / N + 1e-6,
        np.array([1.0, 1.0, 1.0, -1.0]),
        np.array([1 / 4, 1 / 5, 1.0, 1 / 199]),
        0 * N,
        np.nan * N,
    ],
)
def test_what_the_sizes_do_not_explain_is_no_factor(fitted: np.ndarray) -> None:
    assert Explainer(SIZES).explain(fitted) is None


def test_samples_that_do_not_know_are_left_out() -> None:
    found = Explainer(SIZES).explain(np.array([1 / 4, np.nan, 1.0, 1 / 200]))
    assert found == Factor(powers=(("N", Fraction(-1)),))


def test_a_size_of_one_sample_only_is_no_explanation() -> None:
    found = Explainer([{"N": 4.0, "C": 3.0}, {"N": 5.0}]).explain(np.array([1 / 3, 1 / 3]))
    assert found == Factor(Fraction(1, 3))


def test_products_and_quotients_of_factors() -> None:
    two_over_n = Factor(Fraction(2), (("N", Fraction(-1)),))
    n_squared = Factor(powers=(("N", Fraction(2)),))
    assert two_over_n.times(n_squared) == Factor(Fraction(2), (("N", Fraction(1)),))
    assert two_over_n.over(two_over_n) == Factor()
    assert Factor().cost == 0 < two_over_n.cost < two_over_n.times(two_over_n).cost
