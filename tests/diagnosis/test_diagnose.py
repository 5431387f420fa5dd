"""A cause is said when it gives the learner's numbers in every sample, and only then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from evidence_of import Linear, evidence_of, module_of

from tutor.diagnosis.diagnose import after_search, at_once
from tutor.diagnosis.misconceptions import Known
from tutor.spec import Check
from tutor.verdict import Diagnosis


def told(check: Check, layer: type, source: str = "") -> list[Diagnosis]:
    evidence, known = evidence_of(check, module_of(layer), source), Known(check)
    found = at_once(evidence, known)
    return [*found, *after_search(evidence, known, found)]


def ids(check: Check, layer: type) -> list[str]:
    return [each.id for each in told(check, layer)]


def test_a_right_layer_is_told_nothing(check: Check) -> None:
    assert told(check, Linear) == []


class TurnedRound(Linear):
    def backward(self, grad_output: Any) -> Any:
        self.grad_W = grad_output.T @ self.x
        return grad_output @ self.W.T


def test_a_misconception_is_said_with_its_numbers(check: Check) -> None:
    (cause,) = told(check, TurnedRound)
    assert (cause.id, cause.arrays, cause.hint, cause.read) == (
        "turned_round",
        ("grad_W",),
        2,
        "a#b",
    )
    assert "in all" in cause.evidence
    assert "(2, 3) where (3, 2) is right" in cause.evidence


def test_almost_a_misconception_is_not_said(check: Check) -> None:
    class Almost(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = (grad_output.T @ self.x) * (1 + 1e-6 * (len(self.x) == 1))
            return grad_output @ self.W.T

    assert "turned_round" not in ids(check, Almost)


def test_two_mistakes_in_two_arrays_are_both_said(check: Check) -> None:
    class Both(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output / len(self.x)
            return grad_output @ self.W

    assert set(ids(check, Both)) == {"averaged", "not_turned"}


def test_two_mistakes_in_one_array_are_both_said(check: Check) -> None:
    class Both(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = grad_output.T @ self.x / len(self.x)
            return grad_output @ self.W.T

    causes = told(check, Both)
    assert {each.id for each in causes} == {"averaged", "turned_round"}
    assert all(each.evidence.startswith("Both together") for each in causes)


def test_one_mistake_that_explains_more_is_preferred(check: Check) -> None:
    class Doubled(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = 2 * self.x.T @ grad_output
            return 2 * grad_output @ self.W.T

    assert ids(check, Doubled) == ["doubled"]


def test_what_raises_where_the_mistake_would_raise_agrees(check: Check) -> None:
    class NotTurned(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output
            return grad_output @ self.W  # fits the square W only

    (cause,) = told(check, NotTurned)
    assert cause.id == "not_turned"
    assert "fails in" in cause.evidence


def test_a_gradient_that_adds_up(check: Check) -> None:
    class Adding(Linear):
        grad_W: Any = 0

        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.grad_W + self.x.T @ grad_output
            return grad_output @ self.W.T

    assert ids(check, Adding) == ["adds_up_over_calls"]


def test_an_input_that_is_kept_from_the_first_call(check: Check) -> None:
    class First(Linear):
        def forward(self, x: Any) -> Any:
            if not hasattr(self, "x"):
                self.x = x
            return x @ self.W

    assert ids(check, First) == ["first_call_kept"]


def test_a_cache_that_two_layers_share(check: Check) -> None:
    class Shared(Linear):
        kept: Any = None

        def forward(self, x: Any) -> Any:
            Shared.kept = x
            return x @ self.W

        def backward(self, grad_output: Any) -> Any:
            self.grad_W = Shared.kept.T @ grad_output
            return grad_output @ self.W.T

    assert ids(check, Shared) == ["shared_between_objects"]


def test_a_buffer_for_one_batch_size(check: Check) -> None:
    class OneSize(Linear):
        def forward(self, x: Any) -> Any:
            self.buffer = getattr(self, "buffer", np.empty_like(x))
            self.buffer[:] = x
            self.x = self.buffer
            return x @ self.W

    assert ids(check, OneSize) == ["one_batch_size"]


def test_a_factor_that_follows_from_the_sizes(check: Check) -> None:
    class Halved(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output
            return grad_output @ self.W.T / (2 * len(self.x))

    (cause,) = told(check, Halved)
    assert cause.message == "`grad_input` is 1/(2·N) of what it should be."


def test_a_sign_and_a_zero(check: Check) -> None:
    class Strange(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = np.zeros_like(self.W)
            return -grad_output @ self.W.T

    assert set(ids(check, Strange)) == {"always_zero", "sign_turned"}


def test_a_loop_that_stops_too_early(check: Check) -> None:
    class Short(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x[:-1].T @ grad_output[:-1]
            return grad_output @ self.W.T

    assert ids(check, Short) == ["last_row_left_out"]


def test_another_array_in_its_place(check: Check) -> None:
    class Mixed(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output
            return self.grad_W

    (cause,) = told(check, Mixed)
    assert cause.message == "What you give as `grad_input` is the right `grad_W`."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d, W: d * 0 + 1, "does not depend on `grad_output`"),
        (lambda d, W: np.clip(d, -0.5, 0.5), "is not linear in `grad_output`"),
        (lambda d, W: d - d.mean(axis=0), "One row's `grad_input` depends on the other rows"),
        (lambda d, W: np.cumsum(d, axis=0), "depends on the order of the rows"),
    ],
)
def test_a_relation_that_is_broken(check: Check, change: Any, message: str) -> None:
    from tutor.diagnosis.relations import unrelated

    class Changed(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output
            return change(grad_output, self.W) @ self.W.T

    evidence = evidence_of(check, module_of(Changed))
    assert [message in each.message for each in unrelated(evidence, ("grad_input",))] == [True]


def test_relations_hold_for_a_right_layer(check: Check) -> None:
    from tutor.diagnosis.relations import unrelated

    evidence = evidence_of(check, module_of(Linear))
    assert list(unrelated(evidence, ("grad_input", "grad_W", "output"))) == []


def test_a_part_that_does_not_come_from_above(check: Check) -> None:
    from tutor.diagnosis.relations import unrelated

    class Decayed(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output + 0.01 * self.W
            return grad_output @ self.W.T

    (cause,) = unrelated(evidence_of(check, module_of(Decayed)), ("grad_W",))
    assert "0.01 times `W`" in cause.evidence


def test_a_parameter_that_was_drawn_and_never_replaced(check: Check) -> None:
    class Stale(Linear):
        def __init__(self) -> None:
            self.mine = np.random.default_rng().normal(size=(3, 9))

        def forward(self, x: Any) -> Any:
            self.x = x
            return x @ self.mine[:, : self.W.shape[1]]

    assert "not_repeatable" in ids(check, Stale)


def test_right_except_with_one_case(check: Check) -> None:
    class Except(Linear):
        def backward(self, grad_output: Any) -> Any:
            square = self.W.shape[0] == self.W.shape[1]
            self.grad_W = grad_output.T @ self.x if square else self.x.T @ grad_output
            return grad_output @ self.W.T

    (cause,) = told(check, Except)
    assert cause.message == "`grad_W` is right except with: square. There: turned round"
    assert cause.hint == 2


def test_a_formula_that_nobody_foresaw(check: Check) -> None:
    class Odd(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output**2
            return grad_output @ self.W.T

    (cause,) = told(check, Odd)
    assert "x.T @ grad_output ** 2" in cause.message


def test_noise_is_given_no_name(check: Check) -> None:
    """Nothing is guessed: what has no cause that reproduces it stays unnamed."""
    noise = np.random.default_rng(5).normal(size=(4, 3, 9))

    class Noisy(Linear):
        def backward(self, grad_output: Any) -> Any:
            self.grad_W = self.x.T @ grad_output
            rows, wide = self.x.shape
            return grad_output @ self.W.T + noise[rows - 1, :wide][None, :, 0] * grad_output.sum()

    assert set(ids(check, Noisy)) <= {"rows_mix"}
