"""The referee: bars that cover, wrong entries found by name, and no right gradient ever blamed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from tests.checking.smooth import FUNCTIONS, SCALES, coverage, softmax
from tutor.checking.derivatives import Objective
from tutor.checking.readings import Agreement, Claim, along, measure
from tutor.checking.referee import Lanes, Opinion, agree, find, judge, look

Function = Callable[[np.ndarray], np.ndarray]


def objective_of(function: Function, at: np.ndarray, upstream: np.ndarray | float) -> Objective:
    def evaluate(points: list[dict[str, np.ndarray]]) -> list[np.ndarray]:
        return [function(point["x"]) for point in points]

    return Objective(evaluate, upstream, {"x": at}, function(at))


def opinion(
    function: Function,
    at: np.ndarray,
    gradient: np.ndarray,
    upstream: np.ndarray | float = 1.0,
    lanes: Lanes | None = None,
) -> Opinion:
    with np.errstate(all="ignore"):
        objective = objective_of(function, at, upstream)
        return judge(Claim("x", gradient), objective, np.random.default_rng(0), lanes)


# -- the bars -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_three_bars_cover_the_error(name: str) -> None:
    """At every scale of the point. Where a bar is too wide to decide by, it decides nothing."""
    with np.errstate(all="ignore"):
        seen = [coverage(name, scale, seed) for scale in SCALES for seed in range(2)]
    off, bar, scale = (
        np.concatenate([getattr(one, field) for one in seen]) for field in ("off", "bar", "scale")
    )
    covered = off <= 3 * bar
    assert covered.all(), f"{covered.mean():.3%} of {covered.size} covered"
    decided = bar <= 1e-6 * scale
    assert decided.mean() > 0.75
    assert np.median(bar[decided] / scale[decided]) < 1e-10


def test_noise_that_is_more_than_rounding_widens_the_bars() -> None:
    rng = np.random.default_rng(0)
    at = rng.normal(size=(3, 4))

    def noisy(x: np.ndarray) -> np.ndarray:
        return np.sin(x) + 1e-10 * rng.normal(size=x.shape)

    slopes = objective_of(noisy, at, np.ones((3, 4))).slopes([{"x": np.eye(1, 12).reshape(3, 4)}])
    assert slopes.error > 1e-9
    assert abs(slopes.value - np.cos(at[0, 0])) <= 3 * slopes.error


def test_steps_out_of_the_functions_domain_are_left_out() -> None:
    """log at 0.004: the two largest steps reach below 0."""
    at = np.array([0.004, 0.5])
    assert opinion(np.log, at, 1 / at, np.ones(2)).agreement is Agreement.AGREES
    wrong = opinion(np.log, at, np.array([251.0, 2.0]), np.ones(2))
    assert wrong.agreement is Agreement.PARTS
    assert wrong.element is not None
    assert wrong.element.index == (0,)


# -- wrong entries ------------------------------------------------------------------------------


def test_one_entry_in_200_704_that_is_off_by_1e_7_is_named() -> None:
    rng = np.random.default_rng(1)
    x, upstream = rng.normal(size=(8, 784)), rng.normal(size=(8, 256))
    weights, right = rng.normal(size=(784, 256)) / 28, x.T @ upstream

    def linear(matrix: np.ndarray) -> np.ndarray:
        return x @ matrix

    assert opinion(linear, weights, right, upstream).agreement is Agreement.AGREES
    wrong, index = right.copy(), (457, 34)
    wrong[index] *= 1 + 1e-7
    found = opinion(linear, weights, wrong, upstream)
    assert found.agreement is Agreement.PARTS
    assert found.element is not None
    assert found.element.index == index
    assert found.element.claimed == wrong[index]
    assert found.element.measured == pytest.approx(right[index], rel=1e-11)


@pytest.mark.parametrize("seed", range(20))
def test_a_wrong_entry_of_a_small_array_is_named(seed: int) -> None:
    rng = np.random.default_rng(seed)
    at, upstream = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    right = upstream * np.cos(at)
    assert opinion(np.sin, at, right, upstream) == Opinion(Agreement.AGREES)
    index = tuple(int(i) for i in rng.integers((5, 4)))
    wrong = right.copy()
    wrong[index] += 1e-7
    found = opinion(np.sin, at, wrong, upstream)
    assert found.agreement is Agreement.PARTS
    assert found.element is not None
    assert found.element.index == index
    assert found.element.bar < 1e-9


def test_of_two_wrong_entries_the_worse_one_is_named() -> None:
    at = np.linspace(1, 2, 12)
    wrong = np.cos(at)
    wrong[2] += 1e-6
    wrong[9] -= 4e-6
    found = opinion(np.sin, at, wrong, np.ones(12)).element
    assert found is not None
    assert found.index == (9,)


def test_a_tolerance_allows_for_what_it_says() -> None:
    at = np.linspace(1, 2, 6)
    objective = objective_of(np.sin, at, np.ones(6))
    for error, agreement in ((0.5e-6, Agreement.AGREES), (2e-6, Agreement.PARTS)):
        gradient = np.cos(at)
        gradient[3] += error * np.abs(gradient).max()
        rng = np.random.default_rng(0)
        claim = Claim("x", gradient, tolerance=1e-6)
        assert judge(claim, objective, rng).agreement is agreement


@pytest.mark.parametrize("lanes", [Lanes(1, 1), Lanes(-1, -1)])
def test_one_step_serves_a_whole_row_of_a_linear_layers_matrix(lanes: Lanes) -> None:
    rng = np.random.default_rng(2)
    x, upstream, weights = (rng.normal(size=size) for size in ((8, 60), (8, 50), (60, 50)))
    right, calls = x.T @ upstream, []

    def linear(matrix: np.ndarray) -> np.ndarray:
        calls.append(1)
        return x @ matrix

    assert opinion(linear, weights, right, upstream, lanes).agreement is Agreement.AGREES
    assert len(calls) < 5 * 60
    wrong = right.copy()
    wrong[41, 7] += 1e-6
    found = opinion(linear, weights, wrong, upstream, lanes).element
    assert found is not None
    assert found.index == (41, 7)


def test_code_that_does_not_keep_to_its_lanes_is_not_blamed_for_it() -> None:
    rng = np.random.default_rng(3)
    at, upstream = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    p = softmax(at)
    right = p * (upstream - (upstream * p).sum(axis=1, keepdims=True))
    assert opinion(softmax, at, right, upstream, Lanes(1, 1)).agreement is Agreement.AGREES
    assert opinion(softmax, at, right, upstream, Lanes(0, 0)).agreement is Agreement.AGREES


def test_of_several_gradients_the_wrong_one_shows_alone_and_among_the_others() -> None:
    at = {"x": np.array([1.0, 2.0]), "w": np.array([3.0, -1.0])}

    def output(point: dict[str, np.ndarray]) -> np.ndarray:
        given = at | point
        return np.sin(given["x"]) * given["w"]

    objective = Objective(
        lambda points: [output(point) for point in points], np.ones(2), at, output({})
    )
    rng = np.random.default_rng(0)
    by_x, by_w = Claim("x", at["w"] * np.cos(at["x"])), Claim("w", np.sin(at["x"]))
    wrong = Claim("w", np.cos(at["x"]))
    assert agree([by_x, by_w], objective, rng)
    assert look([by_x, by_w], objective, rng) is Agreement.AGREES
    assert not agree([by_x, wrong], objective, rng)
    assert look([by_x, wrong], objective, rng) is Agreement.PARTS
    assert look([by_x], objective, rng) is Agreement.AGREES
    assert look([wrong], objective, rng) is Agreement.PARTS


@pytest.mark.parametrize("size", [1, 3, 17, 400])
def test_a_wrong_entry_is_found_without_a_look_at_every_entry(size: int) -> None:
    rng = np.random.default_rng(size)
    at, calls = rng.normal(size=(size,)), []

    def sine(x: np.ndarray) -> np.ndarray:
        calls.append(1)
        return np.sin(x)

    objective = objective_of(sine, at, np.ones(size))
    assert find(Claim("x", np.cos(at)), objective, rng) is None
    wrong, index = np.cos(at), int(rng.integers(size))
    wrong[index] += 1e-3
    calls.clear()
    found = find(Claim("x", wrong), objective, rng)
    assert found is not None
    assert found.index == (index,)
    assert len(calls) < 90 + 50 * np.log2(size)
    assert find(Claim("x", 2 * np.cos(at)), objective, rng) is not None


def test_a_glance_copes_with_curves() -> None:
    at = np.linspace(-1, 1, 7)
    objective = objective_of(lambda x: np.sin(4 * x), at, np.ones(7))
    assert agree([Claim("x", 4 * np.cos(4 * at))], objective, np.random.default_rng(0))


def test_a_look_goes_on_where_a_glance_leaves_off() -> None:
    at, rng = np.linspace(-1, 1, 7), np.random.default_rng(0)
    objective = objective_of(np.sin, at, np.ones(7))
    barely_wrong = np.cos(at)
    barely_wrong[3] += 1e-6
    assert look([Claim("x", barely_wrong)], objective, rng) is Agreement.PARTS


def test_what_turns_faster_than_a_glance_can_follow_is_measured() -> None:
    """Of sin(5000x), four points see a slope that is not there, and no kink."""
    at, rng = np.zeros(1), np.random.default_rng(0)
    objective = objective_of(lambda x: np.sin(5000 * x), at, np.ones(1))
    seen = objective.glance([{"x": np.ones(1)}]).value[0]
    right = np.array([5000.0])
    assert abs(seen - right) > 1e-3 * abs(right)
    assert not agree([Claim("x", seen)], objective, rng)
    assert look([Claim("x", seen)], objective, rng) is Agreement.PARTS
    assert look([Claim("x", right)], objective, rng) is Agreement.AGREES


def test_a_noisy_function_decides_nothing() -> None:
    rng, at = np.random.default_rng(0), np.linspace(-1, 1, 7)
    objective = objective_of(lambda x: np.sin(x) + 1e-3 * rng.normal(size=7), at, np.ones(7))
    claims = [Claim("x", np.cos(at)), Claim("x", np.zeros(7))]
    assert {look([claim], objective, rng) for claim in 20 * claims} == {Agreement.UNSURE}


@pytest.mark.parametrize("seed", range(20))
def test_a_glance_tells_right_from_wrong(seed: int) -> None:
    rng = np.random.default_rng(seed)
    at, upstream = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    right = upstream * np.cos(at)
    wrong = right.copy()
    wrong[seed % 5, seed % 4] += 1e-6
    objective = objective_of(np.sin, at, upstream)
    assert agree([Claim("x", right)], objective, rng)
    assert not agree([Claim("x", wrong)], objective, rng)


# -- kinks --------------------------------------------------------------------------------------


def relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(25))
def test_at_a_kink_whatever_lies_between_its_slopes_is_right(seed: int, at_zero: float) -> None:
    """Entries on the kink, next to it at any distance, and far from it."""
    rng = np.random.default_rng(seed)
    distance = 10.0 ** rng.uniform(-12, 0, size=(6, 5)) * rng.choice([-1, 0, 1], size=(6, 5))
    upstream = rng.normal(size=(6, 5))
    gradient = upstream * np.where(distance == 0, at_zero, distance > 0)
    assert opinion(relu, distance, gradient, upstream).agreement is not Agreement.PARTS
    outside = upstream * np.where(distance == 0, 2.0, distance > 0)
    if (distance == 0).any():
        assert opinion(relu, distance, outside, upstream).agreement is Agreement.UNSURE


def test_a_kink_is_decided_by_itself_and_hides_nothing_elsewhere() -> None:
    at, upstream = np.array([0.0, 1.5, -0.7]), np.array([1.0, 2.0, 3.0])
    assert opinion(relu, at, np.array([0.3, 2.0, 0.0]), upstream) == Opinion(Agreement.AGREES)
    found = opinion(relu, at, np.array([0.0, 2.0, 0.3]), upstream)
    assert found.agreement is Agreement.PARTS
    assert found.element is not None
    assert found.element.index == (2,)


def test_kinks_among_very_many_entries_leave_it_undecided() -> None:
    rng = np.random.default_rng(4)
    at, upstream = np.zeros(3000), rng.normal(size=3000)
    at[7] = 1.0
    wrong = np.where(at == 0, 0.5, 1.1) * upstream
    assert opinion(relu, at, wrong, upstream).agreement is Agreement.UNSURE


def test_kinks_of_equal_weight_do_not_cancel() -> None:
    """Along a direction of equal steps they would, and look like a slope that is not there."""
    upstream = np.where(np.arange(3000) % 2, 1.0, -1.0)
    found = opinion(relu, np.zeros(3000), np.zeros(3000), upstream)
    assert found.agreement is not Agreement.PARTS


def test_of_200_right_relu_networks_none_is_rejected() -> None:
    decided = [opinions_of_a_relu_network(np.random.default_rng(seed), seed) for seed in range(200)]
    assert not any(Agreement.PARTS in opinions for opinions in decided)
    generic = [opinions for seed, opinions in enumerate(decided) if seed % 4]
    agreed = sum(opinions == {Agreement.AGREES} for opinions in generic)
    assert agreed >= 0.95 * len(generic)  # of the others, some entry is too close to a kink


def opinions_of_a_relu_network(rng: np.random.Generator, seed: int) -> set[Agreement]:
    """On each gradient, at a glance and in full, and on one of them entry by entry."""
    sizes = rng.integers(1, 9, size=rng.integers(3, 6))
    weights = [rng.normal(size=each) * rng.choice([0.1, 1, 3]) for each in pairwise(sizes)]
    x = rng.choice([0.01, 1, 100]) * rng.normal(size=(rng.integers(1, 6), sizes[0]))
    if seed % 4 == 0:
        x[0] = 0  # all units of the first layer are on their kinks
    upstream = rng.normal(size=(len(x), sizes[-1]))
    at = {"x": x} | {f"W{number}": matrix for number, matrix in enumerate(weights)}
    gradients = relu_gradients(x, weights, upstream)
    claims = {name: Claim(name, each) for name, each in zip(at, gradients, strict=True)}

    def output(point: dict[str, np.ndarray]) -> np.ndarray:
        given = at | point
        return relu_layers(given["x"], [given[f"W{i}"] for i in range(len(weights))])[-1]

    objective = Objective(
        lambda points: [output(point) for point in points], upstream, at, output({})
    )
    told = {judge(claims["W0"], objective, rng).agreement}
    for claim in claims.values():
        moves = rng.normal(size=claim.gradient.shape)
        statement = along([claim], [{claim.quantity: moves / np.linalg.norm(moves)}])
        told |= {look([claim], objective, rng), measure(statement, objective).agreement()}
    return told


def relu_layers(x: np.ndarray, weights: list[np.ndarray]) -> list[np.ndarray]:
    """The input and what each linear layer makes of it; a ReLU stands before all but the first."""
    layers = [x, x @ weights[0]]
    for matrix in weights[1:]:
        layers.append(relu(layers[-1]) @ matrix)
    return layers


def relu_gradients(
    x: np.ndarray, weights: list[np.ndarray], upstream: np.ndarray
) -> list[np.ndarray]:
    """By x and by each matrix."""
    layers, found = relu_layers(x, weights), []
    for number in reversed(range(len(weights))):
        before = relu(layers[number]) if number else x
        found.append(before.T @ upstream)
        upstream = upstream @ weights[number].T
        if number:
            upstream = upstream * (layers[number] > 0)
    return [upstream, *reversed(found)]


# -- numbers at their limits --------------------------------------------------------------------


def test_a_large_constant_does_not_make_a_right_gradient_wrong() -> None:
    at = np.array([0.3, -0.2])
    told = opinion(lambda x: np.asarray(1e9 + x.sum()), at, np.ones(2))
    assert told.agreement is Agreement.AGREES


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_has_no_slope(value: float) -> None:
    at = np.array([0.3, -0.2])
    told = opinion(lambda x: np.full(2, value), at, np.ones(2), np.ones(2))
    assert told.agreement is Agreement.UNSURE


def test_numbers_that_overflow_agree_with_nothing() -> None:
    at = np.array([1.0, 2.0])
    told = opinion(lambda x: np.asarray(1e300 * np.exp(300 * x).sum()), at, np.full(2, 1e300))
    assert told.agreement is Agreement.UNSURE


def test_an_array_without_entries_has_nothing_wrong() -> None:
    empty = np.zeros((0, 3))
    assert opinion(lambda x: x, empty, empty, empty).agreement is Agreement.AGREES


@pytest.mark.parametrize("seed", range(10))
def test_saturated_rows_beside_moderate_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    at = np.array([[1000.0, -1000.0, 0.0], [1.0, 0.5, -0.3], [999.5, 1000.0, 998.0]])
    upstream = rng.normal(size=at.shape)
    p = softmax(at)
    right = p * (upstream - (upstream * p).sum(axis=1, keepdims=True))
    assert opinion(softmax, at, right, upstream).agreement is Agreement.AGREES
    assert opinion(softmax, at, p * upstream, upstream).agreement is Agreement.PARTS


def test_outputs_of_another_form_are_refused() -> None:
    at = np.ones(3)
    with pytest.raises(ValueError, match="shape"):
        objective_of(lambda x: x.sum(), at, np.ones(3))
    with pytest.raises(TypeError, match="complex"):
        objective_of(lambda x: x + 1j, at, np.ones(3))
