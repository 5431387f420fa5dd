"""A mutant goes through a check, in this process: does it raise, is it rejected, does it pass?"""

from __future__ import annotations

import signal
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, ModuleType
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from tests.mutants.handing import Handed
from tutor.checking.expectations import SceneExpectation
from tutor.checking.judge import judge
from tutor.checking.scenes import Scene
from tutor.diagnosis.evidence import Sample

NAME = "mutant"

Result = Literal["raised", "ran on", "rejected", "passed"]


class RanOn(BaseException):
    """The time for a mutant is up. No `except Exception` of a mutant's may hold it."""


class Played(Struct, frozen=True):
    """What came of a mutant, with everything that it gave where it got through."""

    result: Result
    samples: tuple[Sample, ...] = ()


def play(code: CodeType, expectations: Iterable[SceneExpectation], seconds: float) -> Played:
    """Every scene, judged array by array, as a learner's file is.

    `seconds` of this process's time are all that the mutant is given.
    """
    samples = []
    passed = True
    try:
        with limited(seconds), quiet():
            module = loaded(code)
            for expectation in expectations:
                sample, is_right = _sample(module, expectation)
                samples.append(sample)
                passed = passed and is_right
    except RanOn:
        return Played("ran on")
    except Exception:
        return Played("raised")
    return Played("passed" if passed else "rejected", tuple(samples))


def loaded(code: CodeType) -> ModuleType:
    """The module that the code makes. What it raises is the mutant's."""
    module = ModuleType(NAME)
    sys.modules[NAME] = module  # dataclasses look their own module up
    exec(code, module.__dict__)
    return module


def answers(module: ModuleType, scene: Scene) -> tuple[dict[str, Any] | None, bool]:
    """The arrays that a module gives in a scene, and whether it left a lent array changed.

    None where it raises and may.
    """
    handed = Handed(module)
    try:
        given = dict(scene.play(handed))
    except Exception:
        if scene.may_raise:
            return None, False
        raise
    return given, handed.altered


def _sample(module: ModuleType, expectation: SceneExpectation) -> tuple[Sample, bool]:
    """What a diagnosis needs to know of a scene, and whether everything in it is right."""
    scene = expectation.scene
    yours, altered = answers(module, scene)
    given = yours if yours is not None else {}
    wrong = [
        name
        for name, right in expectation.arrays.items()
        if yours is not None and judge(scene.case, right, given.get(name)) is not None
    ]
    right = {name: each for name, each in expectation.arrays.items() if not each.limited}
    sample = Sample(
        case=scene.case,
        kind=scene.kind,
        play=scene.play,
        other=scene.other,
        right={name: each.value for name, each in right.items()},
        bars={name: each.bar for name, each in right.items()},
        yours={name: value for name, value in given.items() if name in right},
        wrong=frozenset(name for name in wrong if name in right),
    )
    return sample, not (wrong or altered)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises RanOn within the block when this process has worked for so long in it."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise RanOn

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def quiet() -> Iterator[None]:
    """Numbers of a mutant may overflow; nobody needs to hear of it."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
