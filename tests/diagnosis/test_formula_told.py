"""What is said of a found formula: true, short, and without the right one."""

from __future__ import annotations

import functools
import textwrap

import pytest
from formula_mistakes import TABLE, Row, samples

from tutor.diagnosis.formula.difference import difference
from tutor.diagnosis.formula.proof import Formula
from tutor.diagnosis.formula.search import search
from tutor.diagnosis.formula.telling import told

ROWS = {f"{row.layer.__name__}: {row.read}": row for row in TABLE}
SUM1 = "(grad_output * p).sum(axis=1, keepdims=True)"
M1 = "mean(axis=1, keepdims=True)"
M0 = "mean(axis=0)"
LAYER_NORM = (
    f"(grad_output * gamma - (grad_output * gamma).{M1}"
    f" - x_hat * (grad_output * gamma * x_hat).{M1}) / std"
)
BATCH_NORM = f"gamma * (grad_output - grad_output.{M0} - x_hat * (grad_output * x_hat).{M0}) / std"
ATTENTION = (
    "(A * (grad_output @ V.T - (A * (grad_output @ V.T)).sum(axis=1, keepdims=True)))"
    " @ K / np.sqrt(d_k)"
)
UPSTREAM = "The upstream gradient `grad_output` does not occur in it."
TERM = "A term is missing in it."


@functools.cache
def found(name: str) -> Formula:
    formula = search(samples(ROWS[name]), 20.0)
    assert formula is not None
    return formula


DIFFERENCES = [
    ("linear", "x.T @ grad_output", "x.T @ grad_output / N", "the right one divided by `N`."),
    ("linear", "x.T @ grad_output", "2 * (x.T @ grad_output)", "the right one times `2`."),
    ("linear", "x.T @ grad_output", "-x.T @ grad_output", "Everything but the sign is right."),
    ("linear", "x.T @ grad_output", "grad_output.T @ x", "It is the transpose"),
    ("linear", "grad_output @ W.T", "output @ W.T", "`output` stands in it where another"),
    ("linear", "x.T @ grad_output", "x.T @ grad_output + W", "It has a term too many."),
    ("linear", "grad_output @ W.T", "x * (grad_output @ W.T)", "It has a factor too many."),
    ("linear", "grad_output @ W.T", "(grad_output * output) @ W.T", "`output` has no place in it."),
    ("linear", "grad_output.sum(axis=0)", "grad_output", "The rows of the batch are still"),
    ("linear", "grad_output.sum(axis=0)", "grad_output.sum(axis=1)", "runs over the wrong axis."),
    (
        "linear",
        "grad_output.sum(axis=0)",
        "grad_output.mean(axis=0)",
        "a mean where a sum belongs.",
    ),
    (
        "linear",
        "grad_output.sum(axis=0)",
        "grad_output.sum(axis=0, keepdims=True)",
        "The axis that is summed over should go; it stays, with size 1.",
    ),
    ("relu", "grad_output * (x > 0)", "x > 0", UPSTREAM),
    ("relu", "grad_output * (x > 0)", "grad_output * (x >= 0)", "where `x` is exactly 0."),
    ("relu", "grad_output * (x > 0)", "grad_output * (x < 0)", "the wrong entries through."),
    (
        "relu",
        "grad_output * (x > 0)",
        "grad_output * (grad_output > 0)",
        "The factor `grad_output > 0` is not the one that belongs there.",
    ),
    ("relu", "grad_output * (x > 0)", "grad_output * x", "The factor `x` is not the one"),
    ("relu", "grad_output * (x > 0)", "grad_output", "A factor is missing in it."),
    ("sigmoid", "grad_output * output * (1 - output)", "output * (1 - output)", UPSTREAM),
    (
        "sigmoid",
        "grad_output * output * (1 - output)",
        "grad_output * output * (1 + output)",
        "The sign of one of its terms is wrong.",
    ),
    (
        "sigmoid",
        "grad_output * output * (1 - output)",
        "grad_output * x * (1 - x)",
        "`x` stands in it where another quantity belongs.",
    ),
    (
        "tanh",
        "grad_output * (1 - output ** 2)",
        "grad_output * (1 - np.tanh(output) ** 2)",
        "One of its terms is not the right one.",
    ),
    (
        "softmax",
        f"p * (grad_output - {SUM1})",
        "grad_output * p * (1 - p)",
        "a sum over an axis is missing: each entry acts on itself alone.",
    ),
    ("softmax", f"p * (grad_output - {SUM1})", "grad_output * p", TERM),
    ("softmax", f"p * (grad_output - {SUM1})", "p * (1 - p)", UPSTREAM),
    ("softmax", f"p * (grad_output - {SUM1})", f"p * ({SUM1} - grad_output)", "but the sign"),
    ("softmax", f"p * (grad_output - {SUM1})", f"grad_output - {SUM1}", "A factor is missing"),
    (
        "softmax",
        f"p * (grad_output - {SUM1})",
        f"p * (grad_output - (grad_output * p).{M1})",
        "It takes a mean where a sum belongs.",
    ),
    ("cross_entropy", "(p - y) / N", "p - y", "the right one times `N`."),
    ("cross_entropy", "(p - y) / N", "y - p", "a factor and the sign is right"),
    ("cross_entropy", "(p - y) / N", "(p - y) / C", "the right one times `N / C`."),
    ("cross_entropy", "(p - y) / N", "p / N", TERM),
    ("cross_entropy", "(p - y) / N", "p - y / N", "The factors of its terms are not all right."),
    ("cross_entropy", "(p - y) / N", "np.log(p)", "`y` does not occur in it"),
    ("cross_entropy", "(p - y) / N", "-y / p", "The right formula is another one."),
    ("logistic", "(p - y) / N", "(p - y) / (p * (1 - p)) / N", "It has too many divisions."),
    ("layer_norm", LAYER_NORM, "grad_output * gamma / std", "Terms are missing in it."),
    ("layer_norm", LAYER_NORM, "grad_output / std", "`gamma` does not occur in it"),
    ("batch_norm", BATCH_NORM, f"gamma * (grad_output - grad_output.{M0}) / std", TERM),
    ("batch_norm", BATCH_NORM, BATCH_NORM.replace("mean", "sum"), "a sum where a mean belongs."),
    ("attention", ATTENTION, ATTENTION.removesuffix(" / np.sqrt(d_k)"), "times `np.sqrt(d_k)`."),
    ("attention", ATTENTION, "(A * (grad_output @ V.T)) @ K / np.sqrt(d_k)", TERM),
    ("dropout", "grad_output * mask / keep", "grad_output * mask", "the right one times `keep`."),
]


@pytest.mark.parametrize(("layer", "right", "yours", "said"), DIFFERENCES)
def test_a_difference_is_named(layer: str, right: str, yours: str, said: str) -> None:
    sentence = difference(found(f"{layer}: {yours}"), found(f"{layer}: {right}"))
    assert said in sentence
    assert right not in sentence
    assert sentence.count(".") == 1 + sentence.count("np.")


def test_nothing_is_said_where_the_right_one_is_not_known() -> None:
    assert difference(found("relu: x > 0"), None) == ""


def test_no_message_is_long_or_shows_the_right_formula() -> None:
    for layer, right, yours, _ in DIFFERENCES:
        message, evidence = told("grad_x", found(f"{layer}: {yours}"), found(f"{layer}: {right}"))
        assert len(textwrap.wrap(message, 80)) <= 3, message
        assert len(textwrap.wrap(evidence, 80)) == 1, evidence
        assert f"`{right}`" not in message
        assert message.startswith("Your `grad_x` is `")


def test_a_turned_product_is_told_by_what_it_pairs() -> None:
    message, evidence = told(
        "grad_W",
        found("linear: grad_output.T @ x"),
        found("linear: x.T @ grad_output"),
        shape=(5, 3),
        wanted=(3, 5),
    )
    assert message == (
        "Your `grad_W` is `grad_output.T @ x`. Its shape (5, 3) is the right one turned round: "
        "entry [i, j] pairs column i of `grad_output` with column j of `x`."
    )
    assert (
        evidence == "That gives the 69 numbers of your `grad_W` in the 9 cases tried, to 9 digits."
    )


def test_rows_are_told_as_rows() -> None:
    yours, right = found("linear: W @ grad_output.T"), found("linear: grad_output @ W.T")
    message, _ = told("grad_input", yours, right, shape=(3, 4), wanted=(4, 3))
    assert "pairs row i of `W` with row j of `grad_output`." in message


def test_one_quantity_alone_is_said_to_be_itself() -> None:
    message, _ = told("grad_b", found("linear: grad_output"), None)
    assert message == "Your `grad_b` is `grad_output` itself."


def test_what_repeats_in_a_long_formula_gets_a_letter() -> None:
    message, _ = told("grad_x", found(f"layer_norm: {LAYER_NORM}"), None)
    assert message == (
        f"Your `grad_x` is `(g - g.{M1} - x_hat * (g * x_hat).{M1}) / std`"
        " with `g = grad_output * gamma`."
    )


def test_every_row_of_the_table_has_a_name_of_its_own() -> None:
    """Else two rows would be one in the tests above."""
    rows: list[Row] = list(ROWS.values())
    assert len(rows) == len(TABLE)
