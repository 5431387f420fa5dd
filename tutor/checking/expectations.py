"""What is right: the reference's answers to everything that a check tries, worked out once."""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct

from tutor.checking.judge import Expected, expected
from tutor.checking.scenes import Scene, scenes
from tutor.spec import Check

SEED = 20
INPUTS = "inputs"  # what a recording is of


class SceneExpectation(Struct, frozen=True):
    """One scene and the right arrays for it, in the order of the probe."""

    scene: Scene
    arrays: dict[str, Expected]


class Expectations(Struct, frozen=True):
    """A check with the right answers to all of its scenes."""

    check: Check
    scenes: tuple[SceneExpectation, ...]


def expectations(check: Check) -> Expectations:
    """Play every scene with the reference. What it raises is the course's fault.

    Where gradients were recorded from PyTorch, the recording is what is right.
    """
    played = scenes(check, check.cases(np.random.default_rng(SEED)))
    given = (_expectation(check, scene) for scene in played)
    return Expectations(check, tuple(each for each in given if each is not None))


def _expectation(check: Check, scene: Scene) -> SceneExpectation | None:
    recorded = check.recorded.get(scene.name, {})
    if np.asarray(recorded.get(INPUTS, ())).tobytes() != scene.case.fingerprint():
        recorded = {}  # another NumPy may draw other numbers

    def right(array: str, value: Any) -> Expected:
        value = recorded.get(array, value)
        return expected(array, value, scene.case, check.tolerance)

    try:
        answers = list(scene.play(check.reference))
    except Exception:
        if scene.may_raise:
            return None  # the reference uses its freedom
        raise
    return SceneExpectation(scene, {name: right(name, value) for name, value in answers})
