"""Curves stay small, and whatever is reported can be drawn."""

from __future__ import annotations

import math

import pytest

from tutor.curves import MOST_POINTS, Curve, Curves, plot, sparkline, summary
from tutor.lending import Followed


def curve(*values: float) -> Curve:
    gathered = Curves()
    for value in values:
        gathered.hear(Followed("a case", "loss", 0, value))
    return gathered.now()[0]


def test_first_last_and_lowest() -> None:
    assert summary(curve(3.0, 0.5, 1.25)) == "first 3   last 1.25   lowest 0.5"
    assert summary(curve(math.nan, 2.0, math.inf)) == "first nan   last inf   lowest 2"


def test_many_values_become_few_points_and_none_is_lost() -> None:
    many = curve(*map(float, range(10_000)))
    assert many.count == 10_000
    assert len(many.points) <= MOST_POINTS
    assert sum(many.points) / len(many.points) == pytest.approx(4999.5, rel=0.02)
    assert (many.first, many.last, many.lowest) == (0.0, 9999.0, 0.0)


def test_a_case_that_is_tried_again_begins_again() -> None:
    gathered = Curves()
    gathered.hear(Followed("a", "loss", 0, 9.0))
    gathered.hear(Followed("a", "loss", 1, 5.0))
    gathered.hear(Followed("b", "loss", 2, 7.0))
    assert [(each.case, each.count, each.first) for each in gathered.now()] == [
        ("a", 1, 5.0),
        ("b", 1, 7.0),
    ]


def test_a_curve_that_falls_is_drawn_falling() -> None:
    assert sparkline(curve(4, 3, 2, 1), 4) == "█▆▃▁"
    rows = plot(curve(4, 3, 2, 1), 20, 3)
    assert rows[0].startswith("4  █")
    assert rows[2].startswith("1  █")
    assert rows[2].endswith("▁")
    assert [row.count("█") for row in rows] == sorted(row.count("█") for row in rows)


@pytest.mark.parametrize("width", [40, 76])
@pytest.mark.parametrize("count", [1, 2, 7, 100, 3000])
def test_it_fits_into_any_width(width: int, count: int) -> None:
    for row in plot(curve(*(1 / (n + 1) for n in range(count))), width, 6):
        assert len(row) <= width


def test_gaps_where_no_value_is_finite() -> None:
    assert sparkline(curve(2.0, math.nan, 1.0), 3) == "█ ▁"
    assert sparkline(curve(math.nan, math.inf), 4) == "    "
    assert len(plot(curve(math.nan), 40, 6)) == 6


def test_the_largest_numbers_there_are() -> None:
    assert sparkline(curve(1.7e308, -1.7e308), 2) == "█▁"
    assert sparkline(curve(5.0, 5.0), 2) in ("▄▄", "▅▅")
