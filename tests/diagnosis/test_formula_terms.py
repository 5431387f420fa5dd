"""What is written says what was computed: the text of a formula, run by NumPy, gives its value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutor.diagnosis.formula.factors import Factor
from tutor.diagnosis.formula.rendering import factor_text, rendered
from tutor.diagnosis.formula.terms import (
    FUNCTIONS,
    MASKS,
    Apply,
    Combination,
    Join,
    Leaf,
    One,
    Reduce,
    Term,
    evaluate,
    names,
    replaced,
)
from tutor.diagnosis.formula.tidy import is_roundabout, tidied

RNG = np.random.default_rng(5)
LEAVES = {name: RNG.uniform(-1.5, 1.5, size=(3, 3)) for name in ("x", "W", "grad_output")}
LEAVES["b"] = RNG.uniform(0.5, 1.5, size=3)
SIZES = {"N": 3.0, "C": 5.0, "N - 1": 2.0}
AXES = {name: leaf.ndim for name, leaf in LEAVES.items()}
SMOOTH = sorted(FUNCTIONS.keys() - MASKS - {"T", "swap"})

factors = st.builds(
    Factor,
    st.sampled_from([Fraction(c) for c in ("1", "-1", "2", "-2", "1/2", "-1/4", "3/2")]),
    st.sampled_from(
        [
            (),
            (("N", Fraction(-1)),),
            (("C", Fraction(2)), ("N", Fraction(-1))),
            (("C", -Fraction(1, 2)),),
            (("N - 1", Fraction(-1)),),
        ]
    ),
)
matrices = st.sampled_from([Leaf(name) for name in ("x", "W", "grad_output")])
masks = st.builds(Apply, st.sampled_from(sorted(MASKS)), matrices)


def larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Terms made of terms; all are 3 by 3, or broadcast to that."""
    return st.one_of(
        st.builds(Apply, st.sampled_from(["T", *SMOOTH]), smaller.filter(lambda t: not is_mask(t))),
        st.builds(
            Reduce,
            st.sampled_from(["sum", "mean"]),
            smaller,
            st.sampled_from([0, 1]),
            st.just(True),
        ),
        st.builds(Join, st.sampled_from(["*", "/", "@"]), smaller, smaller),
        st.builds(lambda a: Join("*", a, Leaf("b")), smaller),
        st.builds(
            Combination, st.lists(st.tuples(factors, smaller), min_size=2, max_size=3).map(tuple)
        ),
        st.builds(lambda a: Combination(((Factor(), One()), (Factor(Fraction(-1)), a))), smaller),
    )


def is_mask(term: Term) -> bool:
    return any(isinstance(node, Apply) and node.function in MASKS for node in [term]) or (
        isinstance(term, Join) and is_mask(term.left) and is_mask(term.right)
    )


terms = st.recursive(st.one_of(matrices, masks), larger, max_leaves=6)


def run(text: str) -> Any:
    with np.errstate(all="ignore"):
        scope = {"np": np, **LEAVES, "N": 3, "C": 5}
        return eval(text, scope)


def value(term: Term, factor: Factor) -> Any:
    with np.errstate(all="ignore"):
        return factor.value(SIZES) * evaluate(term, LEAVES, SIZES)


def same(one: Any, other: Any) -> bool:
    """Equal but for rounding, which brackets that were opened may leave in large sums."""
    one, other = np.broadcast_arrays(np.asarray(one, dtype=float), np.asarray(other, dtype=float))
    finite = np.isfinite(one) & np.isfinite(other)
    scale = np.abs(one[finite]).max(initial=1.0)
    return bool((np.abs(one[finite] - other[finite]) <= 1e-9 * scale).all())


def fits(term: Term) -> bool:
    """Whether NumPy takes the shapes: a product of a row and a column is no 3 by 3."""
    try:
        with np.errstate(all="ignore"):
            return evaluate(term, LEAVES, SIZES).size > 0
    except ValueError:
        return False


ONE_MINUS_SUM = Combination(
    (
        (Factor(Fraction(-1)), Combination(((Factor(), Leaf("x")), (Factor(), Leaf("W"))))),
        (Factor(), Leaf("x")),
    )
)
MASKED = Join("*", Apply("negative", Leaf("x")), Leaf("b"))


@settings(max_examples=100, deadline=None)
@given(terms.filter(fits), factors)
@example(ONE_MINUS_SUM, Factor())
@example(MASKED, Factor(Fraction(-1)))
@example(Join("/", Leaf("x"), Join("/", Leaf("W"), Leaf("b"))), Factor())
@example(Join("/", Leaf("x"), Join("*", Leaf("W"), Leaf("b"))), Factor())
def test_the_text_gives_the_value(term: Term, factor: Factor) -> None:
    assert same(run(rendered(term, factor)), value(term, factor)), rendered(term, factor)


@settings(max_examples=100, deadline=None)
@given(terms.filter(fits), factors)
def test_tidying_keeps_the_value(term: Term, factor: Factor) -> None:
    tidy, left = tidied(term, factor, AXES)
    assert fits(tidy)
    assert same(value(tidy, left), value(term, factor)), (rendered(term), rendered(tidy))


d, p, y, x = Leaf("grad_output"), Leaf("p"), Leaf("y"), Leaf("x")
MINUS = Factor(Fraction(-1))
OVER_N = Factor(Fraction(1), (("N", Fraction(-1)),))


@pytest.mark.parametrize(
    ("term", "factor", "text"),
    [
        (Join("@", Apply("T", d), x), Factor(), "grad_output.T @ x"),
        (Combination(((Factor(), p), (MINUS, y))), OVER_N, "(p - y) / N"),
        (Combination(((Factor(), p), (MINUS, y))), MINUS, "y - p"),
        (Join("*", Apply("positive", x), d), Factor(), "grad_output * (x > 0)"),
        (Join("*", p, p), Factor(), "p ** 2"),
        (Join("/", Join("/", d, x), p), Factor(), "grad_output / (x * p)"),
        (Join("@", x, Join("@", p, y)), Factor(), "x @ p @ y"),
        (Apply("T", Join("@", x, p)), Factor(), "p.T @ x.T"),
        (
            Combination(((Factor(), Join("*", d, p)), (MINUS, Apply("square", p)))),
            Factor(),
            "p * (grad_output - p)",
        ),
        (Apply("positive", x), MINUS, "-1.0 * (x > 0)"),
        (Join("@", x, p), Factor(Fraction(2)), "2 * (x @ p)"),
        (x, Factor(Fraction(-1), (("N - 1", Fraction(-1)),)), "-x / (N - 1)"),
    ],
)
def test_formulas_read_as_a_person_writes_them(term: Term, factor: Factor, text: str) -> None:
    assert rendered(*tidied(term, factor, {})) == text


def test_a_factor_without_such_an_axis_leaves_the_sum() -> None:
    inside = Reduce("sum", Join("*", d, Leaf("gamma")), 0)
    before, _ = tidied(inside, Factor(), {"grad_output": 2, "gamma": 1})
    assert rendered(before) == "gamma * grad_output.sum(axis=0)"
    stays, _ = tidied(inside, Factor(), {"grad_output": 2, "gamma": 2})
    assert rendered(stays) == "(grad_output * gamma).sum(axis=0)"


def test_multiplying_by_what_is_divided_by_is_roundabout() -> None:
    assert is_roundabout(Join("/", Join("*", d, x), x))
    assert is_roundabout(Join("*", Apply("square", x), Join("/", d, x)))
    assert not is_roundabout(Join("/", Join("*", d, x), p))


def test_factors_are_written_in_one_line() -> None:
    powers = (("C", Fraction(1, 2)), ("N", Fraction(-2)))
    assert factor_text(Factor(Fraction(-3, 4), powers)) == "-3 * np.sqrt(C) / (4 * N ** 2)"
    assert factor_text(Factor()) == "1"


def test_a_quantity_is_exchanged_wherever_it_stands() -> None:
    term = Join("*", Apply("positive", x), Reduce("sum", Join("@", x, y), 0))
    assert rendered(replaced(term, x, p)) == "(p > 0) * (p @ y).sum(axis=0)"
    assert names(term) == {"x", "y"}
