"""Evidence without a process: a class of the test's plays the learner."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from tutor.checking.expectations import expectations
from tutor.checking.judge import judge
from tutor.diagnosis.evidence import Evidence, Failure, Sample
from tutor.spec import Check


def evidence_of(check: Check, module: Any, source: str = "") -> Evidence:
    """What a check of `module` comes to, as if a learner had written it."""
    samples = []
    for expectation in expectations(check).scenes:
        scene, yours, failure = expectation.scene, {}, None
        try:
            for name, value in scene.play(module):
                yours[name] = value  # noqa: PERF403 - what came before a failure is kept
        except Exception as error:
            failure = Failure("exception", type(error).__name__, str(error), "Layer.backward")
        wrong = {
            name
            for name, value in yours.items()
            if judge(scene.case, expectation.arrays[name], value) is not None
        }
        samples.append(
            Sample(
                case=scene.case,
                kind=scene.kind,
                play=scene.play,
                other=scene.other,
                right={name: each.value for name, each in expectation.arrays.items()},
                bars={name: each.bar for name, each in expectation.arrays.items()},
                yours=yours,
                wrong=frozenset(wrong),
                failure=failure,
            )
        )
    return Evidence(check=check, samples=tuple(samples), source=source)


class Linear:
    """A right linear layer."""

    def __init__(self) -> None:
        self.W = np.zeros(0)

    def forward(self, x: Any) -> Any:
        self.x = x
        return x @ self.W

    def backward(self, grad_output: Any) -> Any:
        self.grad_W = self.x.T @ grad_output
        return grad_output @ self.W.T


def module_of(layer: type) -> Any:
    return SimpleNamespace(Linear=layer)
