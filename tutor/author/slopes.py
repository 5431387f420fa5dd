"""The reference's gradients beside the slopes of its own forward, every entry by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tutor.checking.derivatives import Evaluate, Objective, Point
from tutor.checking.expectations import SEED, Expectations
from tutor.checking.readings import Agreement, Claim
from tutor.checking.referee import Element, judge
from tutor.spec import Case, Check

MOST_ENTRIES = 300
TOLERANCE = 1e-6


def unlike_slopes(check: Check, right: Expectations) -> Iterator[tuple[str, str, Element]]:
    """Case, array and entry of every gradient that is not the slope of the forward array."""
    for expectation in right.scenes:
        case = expectation.scene.case
        if expectation.scene.kind:
            continue
        answers = dict(check.probe(check.reference, case))
        forward = next((name for name in answers if name not in check.gradients), "")
        for array, quantity in check.gradients.items():
            if array in answers and forward and quantity in case:
                element = _wrong_entry(check, case, answers, forward, array)
                if element is not None:
                    yield case.name, array, element


def _wrong_entry(
    check: Check, case: Case, answers: dict[str, Any], forward: str, array: str
) -> Element | None:
    quantity = check.gradients[array]
    at, gradient = np.asarray(getattr(case, quantity)), np.asarray(answers[array])
    if at.dtype.kind != "f" or at.shape != gradient.shape or at.size > MOST_ENTRIES:
        return None
    upstream = case.grad_output if "grad_output" in case else 1.0
    try:
        objective = Objective(
            _forward_of(check, case, forward), upstream, {quantity: at}, answers[forward]
        )
        claim = Claim(quantity, gradient, TOLERANCE)
        opinion = judge(claim, objective, np.random.default_rng(SEED))
    except (TypeError, ValueError):
        return None  # the forward array is no function of this quantity that has slopes
    return opinion.element if opinion.agreement is Agreement.PARTS else None


def _forward_of(check: Check, case: Case, forward: str) -> Evaluate:
    def evaluate(points: list[Point]) -> list[Any]:
        probes = (check.probe(check.reference, case.replace(**point)) for point in points)
        return [next(value for name, value in probe if name == forward) for probe in probes]

    return evaluate
