"""The second opinion: a learner's gradients against the slopes of the learner's own forward.

Three things come apart here: a wrong forward with a backward that matches it, a backward that
matches neither its forward nor the reference, and a backward that equals the reference's but does
not belong to the learner's forward.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import structs

from tutor.checking import words
from tutor.checking.conversation import Conversation
from tutor.checking.numerical import Agreement, Claim, Point, compare
from tutor.checking.proxy import LearnerFailure, LearnerModule
from tutor.spec import Case, Check
from tutor.verdict import Finding

# A time-out or a full memory is told, whenever it comes; other trouble at a nudged point is not.
TOLD_ALWAYS = ("timeout", "memory")


def second_opinion(
    check: Check,
    case: Case,
    learner: LearnerModule,
    talk: Conversation,
    answers: Mapping[str, Any],
    findings: Mapping[str, Finding],
) -> dict[str, Finding]:
    """The findings by array, with what the slopes add to them."""
    forward = next((name for name in answers if name not in check.gradients), None)
    if forward is None or not _comparable(answers[forward], findings.get(forward)):
        return dict(findings)
    forward_is_right = forward not in findings
    claims: dict[str, Claim] = {}
    for array, quantity in check.gradients.items():
        finding = findings.get(array)
        if not _comparable(answers.get(array), finding) or (finding and forward_is_right):
            continue
        at, gradient = np.asarray(getattr(case, quantity), float), np.asarray(answers[array])
        if at.shape == gradient.shape:
            claims[array] = Claim({quantity: at}, {quantity: gradient})
    told = dict(findings)
    for array, agreement in _agreements(check, case, learner, talk, claims).items():
        after = _after(
            case,
            array,
            forward,
            findings.get(array),
            agreement,
            forward_is_right=forward_is_right,
        )
        if after is not None:
            told[array] = after
    return told


def _after(
    case: Case,
    array: str,
    forward: str,
    finding: Finding | None,
    agreement: Agreement,
    *,
    forward_is_right: bool,
) -> Finding | None:
    """The finding that a measured slope leaves of an earlier one (None: as it was)."""
    if agreement is Agreement.UNSURE:
        return None
    if finding is None:
        if agreement is Agreement.AGREES or not forward_is_right:
            return None  # a right gradient is not to blame for a wrong forward
        return Finding(case.name, array, "backward", words.not_your_forward(array, forward))
    matches = agreement is Agreement.AGREES
    message = words.with_wrong_forward(finding.message, array, forward, matches)
    return structs.replace(finding, kind="forward" if matches else finding.kind, message=message)


def _agreements(
    check: Check,
    case: Case,
    learner: LearnerModule,
    talk: Conversation,
    claims: Mapping[str, Claim],
) -> dict[str, Agreement]:
    def evaluate(points: list[Point]) -> list[float]:
        moved = [case.replace(**point) for point in points]
        outputs = talk.together([_forward_job(check, learner, each) for each in moved])
        return [_objective(each, given) for each, given in zip(moved, outputs, strict=True)]

    try:
        return compare(claims, evaluate, np.random.default_rng(len(case.name)))
    except LearnerFailure as error:
        if error.failed.kind in TOLD_ALWAYS:
            raise
    except (TypeError, ValueError):
        pass  # the forward is no plain function of this quantity; the reference has judged it
    return {}


def _objective(case: Case, output: Any) -> float:
    """What the gradients are gradients of: the output against the upstream, or the loss itself."""
    if np.iscomplexobj(output):
        raise TypeError("no slopes of complex numbers")
    with np.errstate(all="ignore"):
        if "grad_output" in case:
            return float(np.sum(case.grad_output * output))
        return float(output)


def _forward_job(check: Check, learner: LearnerModule, case: Case) -> Any:
    def forward() -> Any:
        for name, value in check.probe(learner, case):
            if name not in check.gradients:
                return value
        raise ValueError("the probe yields no forward array")

    return forward


def _comparable(value: Any, finding: Finding | None) -> bool:
    """Whether it is numeric, of the right form and finite, so that slopes can be taken."""
    return isinstance(value, (np.ndarray, np.generic, float, int)) and (
        finding is None or finding.kind == "value"
    )
