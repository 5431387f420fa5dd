"""Inputs that a check does not use: its cases from other seeds, at other scales.

What passes a check and gives other numbers than the reference there has found a hole in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, cycle
from types import CodeType
from typing import Any

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from tests.mutants.handing import Handed
from tests.mutants.playing import RanOn, answers, limited, loaded, quiet
from tutor.checking.expectations import SEED, SceneExpectation
from tutor.checking.judge import expected, judge
from tutor.checking.scenes import Scene, scenes
from tutor.spec import Case, Check

SEEDS = tuple(range(SEED + 1, SEED + 21))
SCALES = (1e-3, 1e3)
MARGIN = 100.0  # what differs by rounding alone is no hole


class Place(Struct, frozen=True):
    """A scene of a check with other inputs, and the right arrays for it."""

    seed: int
    scale: float
    expectation: SceneExpectation

    def told(self) -> str:
        scaled = f", inputs times {self.scale:g}" if self.scale != 1.0 else ""
        return f"seed {self.seed}{scaled}, {self.expectation.scene.name!r}"


def places(check: Check, seeds: Iterable[int] = SEEDS) -> Iterator[Place]:
    """All scenes for these seeds, and the plain cases at another scale; the same numbers once.

    Places are left out where the reference raises, arrays where it gives no finite numbers. What
    is measured (memory, accuracy) is no function of the inputs, so scenes with limits are left out.
    """
    seen = {_numbers(scene) for scene in scenes(check, _cases(check, SEED))}
    for seed, scale in zip(seeds, cycle(SCALES)):
        scaled = scenes(check, (_scaled(check, case, scale) for case in _cases(check, seed)))
        plain = ((scale, scene) for scene in scaled if not scene.kind)
        here = ((1.0, scene) for scene in scenes(check, _cases(check, seed)))
        for times, scene in chain(here, plain):
            if _numbers(scene) in seen:
                continue
            seen.add(_numbers(scene))
            with quiet():
                expectation = _expectation(check, scene)
            if expectation is not None:
                yield Place(seed, times, expectation)


def parting(code: CodeType, known: Iterable[Place], seconds: float) -> str:
    """Where a mutant that passes gives other numbers than the reference; empty if nowhere."""
    place = None
    try:
        with limited(seconds), quiet():
            module = loaded(code)
            for place in known:
                told = _difference(module, place)
                if told:
                    return f"{place.told()}: {told}"
    except RanOn:
        return f"{place.told()}: it runs on" if place else "it runs on"
    return ""


def _difference(module: Any, place: Place) -> str:
    expectation = place.expectation
    try:
        given, altered = answers(module, expectation.scene)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if given is None:
        return ""
    if altered:
        return "a lent array is left changed"
    for name, right in expectation.arrays.items():
        finding = judge(expectation.scene.case, right, given.get(name))
        if finding is not None:
            return str(finding.message)
    return ""


def _expectation(check: Check, scene: Scene) -> SceneExpectation | None:
    try:
        given = dict(scene.play(Handed(check.reference)))
    except Exception:
        return None  # these numbers are no input for it
    right = {
        name: expected(name, value, scene.case, check.tolerance) for name, value in given.items()
    }
    if any(each.limited for each in right.values()):
        return None
    finite = {
        name: structs.replace(each, bar=MARGIN * each.bar)
        for name, each in right.items()
        if np.isfinite(each.value).all()
    }
    return SceneExpectation(scene, finite) if finite else None


def _cases(check: Check, seed: int) -> Iterable[Case]:
    return check.cases(np.random.default_rng(seed))


def _numbers(scene: Scene) -> tuple[str, bytes]:
    """What tells a scene from others: its name, and all numbers of its case."""
    arrays = (array for name in scene.case for array in _arrays(getattr(scene.case, name)))
    return scene.name, b"".join(array.tobytes() for array in arrays)


def _arrays(value: Any) -> Iterator[NDArray[Any]]:
    if isinstance(value, (np.ndarray, np.generic, float, int)):
        yield np.asarray(value)
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _arrays(item)


def _scaled(check: Check, case: Case, scale: float) -> Case:
    """The case with its inputs multiplied: arrays of floats, and what gradients are taken by.

    Other numbers, such as a rate or an eps, have a range of their own, and a function belongs to
    its own point.
    """
    quantities = {name: getattr(case, name) for name in case}
    if any(map(callable, quantities.values())):
        return case
    inputs = {
        name: scale * value
        for name, value in quantities.items()
        if isinstance(value, float) and name in check.gradients.values()
    }
    arrays = {name: _times(scale, value) for name, value in quantities.items()}
    return case.replace(**{**arrays, **inputs})


def _times(scale: float, value: Any) -> Any:
    """Every array of floats in a value, multiplied."""
    if isinstance(value, np.ndarray):
        return scale * value if value.dtype.kind == "f" else value
    if isinstance(value, (list, tuple)):
        return type(value)(_times(scale, item) for item in value)
    if isinstance(value, dict):
        return {key: _times(scale, item) for key, item in value.items()}
    return value
