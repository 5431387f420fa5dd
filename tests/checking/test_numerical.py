"""Slopes as a second opinion: they catch a wrong gradient and never a right one at a kink."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tutor.checking.numerical import Agreement, Claim, Point, compare

Function = Callable[[np.ndarray], float]


def opinion(f: Function, at: np.ndarray, gradient: np.ndarray, seed: int = 0) -> Agreement:
    def evaluate(points: list[Point]) -> list[float]:
        return [f(point["x"]) for point in points]

    claims = {"g": Claim({"x": at}, {"x": gradient})}
    return compare(claims, evaluate, np.random.default_rng(seed))["g"]


@pytest.mark.parametrize("seed", range(20))
def test_smooth_functions_are_decided_both_ways(seed: int) -> None:
    rng = np.random.default_rng(seed)
    at, weights = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    right = weights * np.cos(at)
    wrong = right.copy()
    wrong[2, 3] *= 1.1

    def f(x: np.ndarray) -> float:
        return float(np.sum(weights * np.sin(x)))

    assert opinion(f, at, right, seed) is Agreement.AGREES
    assert opinion(f, at, wrong, seed) is Agreement.PARTS


@pytest.mark.parametrize("seed", range(50))
def test_a_right_gradient_is_never_blamed_at_a_kink(seed: int) -> None:
    """A ReLU with entries at exactly zero and next to it."""
    rng = np.random.default_rng(seed)
    at = rng.normal(size=(6, 5)) * rng.choice([0, 1e-6, 1e-8, 1], size=(6, 5))
    weights = rng.normal(size=(6, 5))

    def f(x: np.ndarray) -> float:
        return float(np.sum(weights * np.maximum(x, 0)))

    assert opinion(f, at, weights * (at > 0), seed) is not Agreement.PARTS


def test_a_large_constant_does_not_make_a_right_gradient_wrong() -> None:
    at = np.array([0.3, -0.2])
    assert opinion(lambda x: 1e9 + float(x.sum()), at, np.ones(2)) is not Agreement.PARTS


def test_nan_is_no_slope() -> None:
    at = np.array([0.3, -0.2])
    assert opinion(lambda x: float("nan"), at, np.ones(2)) is Agreement.UNSURE


def test_an_empty_array_has_no_slope() -> None:
    assert opinion(lambda x: 0.0, np.zeros((0, 3)), np.zeros((0, 3))) is Agreement.UNSURE


def test_of_several_gradients_the_wrong_one_is_named() -> None:
    x, w = np.array([1.0, 2.0]), np.array([3.0, -1.0])

    def evaluate(points: list[Point]) -> list[float]:
        full = [{"x": x, "w": w, **point} for point in points]
        return [float(np.sum(np.sin(point["x"]) * point["w"])) for point in full]

    claims = {
        "grad_x": Claim({"x": x}, {"x": w * np.cos(x)}),
        "grad_w": Claim({"w": w}, {"w": np.cos(x)}),
    }
    told = compare(claims, evaluate, np.random.default_rng(0))
    assert told == {"grad_x": Agreement.AGREES, "grad_w": Agreement.PARTS}


def test_numbers_that_overflow_agree_with_nothing() -> None:
    at = np.array([1.0, 2.0])
    with np.errstate(all="ignore"):
        told = opinion(lambda x: 1e300 * float(np.exp(x).sum()), at, np.full(2, 1e300))
    assert told is not Agreement.AGREES


@pytest.mark.parametrize("seed", range(20))
def test_large_entries_do_not_make_the_step_too_large_for_small_ones(seed: int) -> None:
    """A softmax with a saturated row beside a moderate one."""
    rng = np.random.default_rng(seed)
    at = np.array([[1000.0, -1000.0, 0.0], [1.0, 0.5, -0.3], [999.5, 1000.0, 998.0]])
    upstream = rng.normal(size=at.shape)

    def softmax(z: np.ndarray) -> np.ndarray:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    p = softmax(at)
    right = p * (upstream - (upstream * p).sum(axis=1, keepdims=True))
    assert opinion(lambda z: float((softmax(z) * upstream).sum()), at, right, seed) is (
        Agreement.AGREES
    )
