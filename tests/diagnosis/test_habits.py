"""Slips of form and names of other courses, from failures and from the source."""

from __future__ import annotations

import pytest

from tutor.diagnosis.evidence import Evidence, Failure, Sample
from tutor.diagnosis.habits import habits, other_name
from tutor.spec import Case, Check


def ids(check: Check, source: str, failure: Failure) -> list[str]:
    sample = Sample(Case("a"), "", None, None, {}, {}, {}, frozenset(), failure)
    return [each.id for each in habits(Evidence(check, (sample,), source))]


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("grad_W", ("W", "b", "dW", "db"), "dW"),
        ("grad_b", ("W", "b", "dW", "db"), "db"),
        ("grad_W", ("weight", "weight_grad"), "weight_grad"),
        ("grad_W", ("grad_weights",), "grad_weights"),
        ("grad_gamma", ("gamma", "dgamma", "dbeta"), "dgamma"),
        ("grad_W", ("W", "b", "depth", "forward"), ""),
        ("grad_W", ("W", "x"), ""),
        ("W", ("dW",), ""),
    ],
)
def test_the_name_of_another_course(wanted: str, known: tuple[str, ...], found: str) -> None:
    assert other_name(wanted, known) == found


MISSING = Failure("missing", "AttributeError", "backward", "Linear.backward")


def test_a_method_outside_its_class(check: Check) -> None:
    source = "class Linear:\n    pass\n\ndef backward(self, g):\n    return g\n"
    assert ids(check, source, MISSING) == ["method_outside_class"]


def test_a_method_inside_another_method(check: Check) -> None:
    source = (
        "class Linear:\n    def forward(self, x):\n"
        "        def backward(self, g):\n            return g\n"
    )
    assert ids(check, source, MISSING) == ["method_outside_class"]


def test_a_method_that_is_nowhere_is_no_habit(check: Check) -> None:
    assert ids(check, "class Linear:\n    pass\n", MISSING) == []


def test_an_argument_too_many(check: Check) -> None:
    message = "Linear.backward() missing 1 required positional argument: 'x'"
    failure = Failure("exception", "TypeError", message, "Linear.backward")
    assert ids(check, "", failure) == ["extra_argument"]


def test_the_same_words_from_a_helper_of_the_learners_are_no_habit(check: Check) -> None:
    message = "helper() missing 1 required positional argument: 'x'"
    failure = Failure("exception", "TypeError", message, "Linear.backward", lines=(3,))
    assert ids(check, "", failure) == []


def test_a_method_without_self(check: Check) -> None:
    message = "Linear.backward() takes 1 positional argument but 2 were given"
    failure = Failure("exception", "TypeError", message, "Linear.backward")
    source = "class Linear:\n    def backward(grad_output):\n        return grad_output\n"
    assert ids(check, source, failure) == ["self_forgotten"]


ENGINE = """
class Value:
    def __add__(self, other):
        out = Value(self.data + other.data)
        def step():
            self.grad += out.grad
        {target}._backward = step
        return out
"""


@pytest.mark.parametrize(("target", "found"), [("self", ["self_backward_for_out"]), ("out", [])])
def test_a_step_on_the_operand(check: Check, target: str, found: list[str]) -> None:
    failure = Failure("exception", "AttributeError", "no grad", "Value.backward", lines=(3,))
    assert ids(check, ENGINE.format(target=target), failure) == found
