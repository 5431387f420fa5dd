"""Smooth functions with slopes known to more digits than float64 has, to measure error bars by.

The truth is a complex step in long double: Im f(x + i·h·v) / h has no difference that could cancel,
so h may be as small as 1e-40.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from tutor.checking.derivatives import Objective

COMPLEX_STEP = np.longdouble("1e-40")
SCALES = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4)
SHAPE = (4, 6)


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - np.real(z).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(logits: np.ndarray) -> np.ndarray:
    """The mean loss of rows whose right class is the first one."""
    z = logits - np.real(logits).max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[:, 0])


def layer_norm(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sine": np.sin,
    "exponential of a sine": lambda x: np.exp(np.sin(x)),
    "tanh": np.tanh,
    "cube": lambda x: x**3,
    "reciprocal": lambda x: 1 / x,
    "logarithm": lambda x: np.log(x * np.sign(np.real(x))),
    "line with a large constant": lambda x: 3.7 * x + 1e3,
    "smoothed absolute value": lambda x: np.sqrt(x * x + 1e-2),
    "softmax": softmax,
    "layer norm": layer_norm,
    "linear": lambda x: x @ (np.arange(48.0).reshape(6, 8) / 10 - 2),
    "cross-entropy": cross_entropy,
}


class Coverage(Struct, frozen=True):
    """How measured slopes stand to the truth: arrays with one entry for each direction.

    `off` is the true error, `bar` the error bar, `scale` the largest slope of the same function.
    """

    off: np.ndarray
    bar: np.ndarray
    scale: np.ndarray


def coverage(name: str, scale: float, seed: int) -> Coverage:
    """Slopes by every entry of a random point of this scale, and along six random directions."""
    function = FUNCTIONS[name]
    rng = np.random.default_rng([seed, list(FUNCTIONS).index(name), round(1000 * scale)])
    at = scale * rng.normal(size=SHAPE)
    output = function(at)
    upstream = rng.normal(size=np.shape(output))
    objective = Objective(
        lambda points: [function(point["x"]) for point in points], upstream, {"x": at}, output
    )
    slanted = rng.normal(size=(6, *SHAPE))
    slanted /= np.linalg.norm(slanted, axis=(1, 2), keepdims=True)
    directions = [*np.eye(at.size).reshape(-1, *SHAPE), *slanted]
    slopes = objective.slopes([{"x": moves} for moves in directions])
    truth = np.array([_true_slope(function, at, moves, upstream) for moves in directions])
    largest = np.maximum(np.abs(truth).max(), 1e-3 * objective.size()[0])
    return Coverage(
        off=np.abs(slopes.value[:, 0] - truth).astype(float),
        bar=slopes.error[:, 0],
        scale=np.full(len(truth), float(largest)),
    )


def _true_slope(
    function: Callable[[np.ndarray], np.ndarray],
    at: np.ndarray,
    moves: np.ndarray,
    upstream: np.ndarray,
) -> np.longdouble:
    there = at.astype(np.clongdouble) + 1j * COMPLEX_STEP * moves
    return np.sum(upstream * np.imag(function(there)) / COMPLEX_STEP)
