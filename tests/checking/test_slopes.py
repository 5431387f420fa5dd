"""The second opinion on whole cases, with learner code that runs in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from tutor import wire
from tutor.checking.judge import expected, judge
from tutor.checking.proxy import LearnerFailure
from tutor.checking.slopes import second_opinion
from tutor.spec import Case, Check
from tutor.verdict import Finding

Points = dict[str, Any]


class Here:
    """A conversation without a worker. It counts forward calls and probes."""

    def __init__(self) -> None:
        self.changed: list[Any] = []
        self.forwards = self.probes = 0

    def together(self, jobs: list[Callable[[], Any]]) -> list[Any]:
        self.forwards += len(jobs)
        return [job() for job in jobs]

    def collect(
        self, probe: Callable[[], Iterable[tuple[str, Any]]], into: Points, *, lazy: bool
    ) -> None:
        self.probes += 1
        self.changed.append("an argument, by the probe")
        into.update(probe())


class Cube:
    """The reference: y = x³."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return x**3

    def backward(self, grad_output: np.ndarray) -> np.ndarray:
        return 3 * self.x**2 * grad_output


class Relu:
    """The reference of a function with a kink."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad_output: np.ndarray) -> np.ndarray:
        return grad_output * (self.x > 0)


def probe(layer: Callable[[], Any], case: Case) -> Iterator[tuple[str, Any]]:
    made = layer()
    yield "output", made.forward(case.x)
    yield "grad_input", made.backward(case.grad_output)


def told(
    learner: Callable[[], Any],
    *,
    reference: Callable[[], Any] = Cube,
    x: Any = (0.7, -1.2, 1.9),
    upstream: Any = (1.5, -0.5, 2.0),
    talk: Here | None = None,
    gradients: dict[str, str] | None = None,
    probe: Callable[..., Iterator[tuple[str, Any]]] = probe,
) -> dict[str, Finding]:
    """The findings on a case of one layer, after the second opinion."""
    case = Case("a case", x=np.array(x), grad_output=np.array(upstream))
    gradients = gradients or {"grad_input": "x"}
    return told_on(case, learner, reference, gradients, probe, talk or Here())


def told_on(
    case: Case,
    learner: Callable[[], Any],
    reference: Callable[[], Any],
    gradients: dict[str, str],
    probe: Callable[..., Iterator[tuple[str, Any]]],
    talk: Here,
) -> dict[str, Finding]:
    check = Check(cases=lambda rng: [case], probe=probe, reference=reference, gradients=gradients)
    right = {name: expected(name, value, case, 1e-9) for name, value in probe(reference, case)}
    answers = dict(probe(learner, case))
    judged = {name: judge(case, right[name], value) for name, value in answers.items()}
    findings = {name: finding for name, finding in judged.items() if finding is not None}
    return second_opinion(check, case, learner, talk, answers, findings)  # type: ignore[arg-type]


def layer(forward: Callable[..., Any], backward: Callable[..., Any]) -> Callable[[], Any]:
    """A learner's class; its functions get x, and x and grad_output."""

    class Layer:
        def forward(self, x: np.ndarray) -> Any:
            self.x = x
            return forward(x)

        def backward(self, grad_output: np.ndarray) -> Any:
            return backward(self.x, grad_output)

    return Layer


def test_right_code_costs_four_forwards_and_no_probe() -> None:
    talk = Here()
    assert told(Cube, talk=talk) == {}
    assert (talk.forwards, talk.probes) == (4, 0)


def test_both_wrong_consistently_is_the_forwards_fault() -> None:
    found = told(layer(lambda x: x**2, lambda x, d: 2 * x * d))
    assert {name: each.kind for name, each in found.items()} == {
        "output": "value",
        "grad_input": "forward",
    }
    assert "mend `output` first" in found["grad_input"].message


def test_both_wrong_and_apart_names_the_entry_and_the_slope_of_the_learners_forward() -> None:
    def backward(x: np.ndarray, d: np.ndarray) -> np.ndarray:
        grad = 2 * x * d
        grad[2] += 0.25
        return grad

    found = told(layer(lambda x: x**2, backward))["grad_input"]
    assert found.kind == "value"
    assert "does not belong to your own `output` either: at [2] it is 7.85, and" in found.message
    assert (found.yours, found.expected) == ("[2] = 7.85", "[2] = 7.6")


def test_a_gradient_that_is_right_here_but_not_of_the_learners_forward() -> None:
    """A forward that continues as a straight line of another slope, wherever it is called first."""
    first: list[np.ndarray] = []

    def forward(x: np.ndarray) -> np.ndarray:
        first.append(x)
        return first[0] ** 3 + 5 * (x - first[0])

    found = told(layer(forward, lambda x, d: 3 * x**2 * d))
    assert list(found) == ["grad_input"]
    assert found["grad_input"].kind == "backward"
    assert "right for this case" in found["grad_input"].message
    assert found["grad_input"].expected == "[2] = 10"


@pytest.mark.parametrize(
    ("forward", "backward", "kinds"),
    [
        ("x³", "wrong", {"grad_input": "value"}),
        ("x²", "right", {"output": "value"}),
    ],
)
def test_where_only_one_is_wrong_the_reference_has_said_it(
    forward: str, backward: str, kinds: dict[str, str]
) -> None:
    power = 3 if forward == "x³" else 2
    factor = 3 if backward == "right" else 2
    talk = Here()
    found = told(layer(lambda x: x**power, lambda x, d: factor * x**2 * d), talk=talk)
    assert {name: each.kind for name, each in found.items()} == kinds
    assert talk.forwards == 0


def test_two_wrong_gradients_by_one_quantity_do_not_make_a_right_one() -> None:
    class Halves:
        def forward(self, x: np.ndarray) -> np.ndarray:
            self.x = x
            return x**2

        def backward(self, grad_output: np.ndarray) -> np.ndarray:
            self.rest = 1.5 * self.x * grad_output
            return 0.5 * self.x * grad_output

    class Twice(Cube):
        @property
        def rest(self) -> np.ndarray:
            return self.backward(np.array([1.5, -0.5, 2.0]))

    def both(layer: Callable[[], Any], case: Case) -> Iterator[tuple[str, Any]]:
        made = layer()
        yield "output", made.forward(case.x)
        yield "grad_input", made.backward(case.grad_output)
        yield "rest", made.rest

    found = told(Halves, reference=Twice, gradients={"grad_input": "x", "rest": "x"}, probe=both)
    assert {found[name].kind for name in ("grad_input", "rest")} == {"value"}


@pytest.mark.parametrize("at", [0.0, 1e-12, 1e-6, 1e-4])
def test_at_a_kink_the_case_is_moved_and_a_right_gradient_passes(at: float) -> None:
    talk = Here()
    x, upstream = [at, -at, 0.0, 1.0, -1.0], [1.0, 1.0, -1.0, 1.0, 1.0]
    assert told(Relu, reference=Relu, x=x, upstream=upstream, talk=talk) == {}
    assert talk.probes == 1
    assert talk.changed == []


def test_kinks_that_cancel_do_not_convict() -> None:
    """At 0, relu(x) - relu(-x) looks like the straight line x, and the agreed gradient is 0."""

    def forward(x: np.ndarray) -> np.ndarray:
        return np.maximum(x, 0) - np.maximum(-x, 0)

    def backward(x: np.ndarray, d: np.ndarray) -> np.ndarray:
        return d * (x > 0) + d * (x < 0)

    learner = layer(forward, backward)
    assert told(learner, reference=learner, x=[0.0, 0.5], upstream=[1.0, 2.0]) == {}


def test_beside_a_kink_a_gradient_of_a_wrong_forward_is_still_decided() -> None:
    learner = layer(lambda x: 2 * np.maximum(x, 0), lambda x, d: 2 * d * (x > 0))
    found = told(learner, reference=Relu, x=[0.0, 1.0], upstream=[1.0, 1.0])
    assert found["grad_input"].kind == "forward"


def test_an_epsilon_is_no_mistake() -> None:
    """The forward is right to 1e-9 of its size, the gradient exactly."""
    forward_with_epsilon = layer(lambda x: x**3 + 5e-9 * np.sin(400 * x), lambda x, d: 3 * x**2 * d)
    assert told(forward_with_epsilon) == {}


def test_a_forward_that_gives_other_numbers_every_time_decides_nothing() -> None:
    rng = np.random.default_rng(0)
    learner = layer(lambda x: x**3 * rng.uniform(0.5, 1.5), lambda x, d: x * d)
    found = told(learner)
    assert {name: each.kind for name, each in found.items()} == {
        "output": "value",
        "grad_input": "value",
    }
    assert "own" not in found["grad_input"].message


class Sums:
    """y = sum of relu(a_i), for six quantities; `factor` and `slopes` bend forward and backward."""

    factor, slopes = 1.0, 1.0

    def forward(self, *given: np.ndarray) -> np.ndarray:
        self.given = given
        return self.factor * sum(np.maximum(each, 0) for each in given)

    def backward(self, grad_output: np.ndarray) -> list[np.ndarray]:
        return [self.slopes * grad_output * (each > 0) for each in self.given]


class SumsTwice(Sums):
    factor, slopes = 2.0, 2.0


class SumsApart(Sums):
    factor, slopes = 2.0, 3.0


@pytest.mark.parametrize(
    ("learner", "kinds", "forwards"),
    [(Sums, set(), 8), (SumsTwice, {"value", "forward"}, 8), (SumsApart, {"value"}, 8)],
)
def test_many_gradients_are_tried_together(
    learner: type[Sums], kinds: set[str], forwards: int
) -> None:
    """On a kink. Which of very many is wrong is not asked: it would take too long."""
    quantities = {f"a{i}": np.array([i - 2.0, 1.0]) for i in range(6)}
    case = Case("a case", grad_output=np.array([1.5, -0.5]), **quantities)

    def probe(layer: Callable[[], Sums], case: Case) -> Iterator[tuple[str, Any]]:
        made = layer()
        yield "output", made.forward(*(getattr(case, name) for name in quantities))
        for name, gradient in zip(quantities, made.backward(case.grad_output), strict=True):
            yield f"grad_{name}", gradient

    talk = Here()
    found = told_on(case, learner, Sums, {f"grad_{name}": name for name in quantities}, probe, talk)
    assert {each.kind for each in found.values()} == kinds
    assert talk.forwards == forwards


def test_a_case_may_lack_a_quantity() -> None:
    learner = layer(lambda x: x**2, lambda x, d: 2 * x * d)
    found = told(learner, gradients={"grad_input": "x", "grad_b": "b"})
    assert found["grad_input"].kind == "forward"


class Failing:
    """Learner code that fails wherever it is called after the first time."""

    calls = 0

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def forward(self, x: np.ndarray) -> np.ndarray:
        Failing.calls += 1
        if Failing.calls > 1:
            raise LearnerFailure(wire.Failed(self.kind, "Error", "", where=""))
        return x**2

    def backward(self, grad_output: np.ndarray) -> np.ndarray:
        return 7 * grad_output


@pytest.mark.parametrize(("kind", "raises"), [("exception", False), ("timeout", True)])
def test_trouble_at_a_moved_point_is_not_told_unless_time_ran_out(kind: str, raises: bool) -> None:
    Failing.calls = 0
    if raises:
        with pytest.raises(LearnerFailure):
            told(lambda: Failing(kind))
    else:
        assert told(lambda: Failing(kind))["grad_input"].kind == "value"
