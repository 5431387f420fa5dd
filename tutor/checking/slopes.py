"""The second opinion: a learner's gradients against the slopes of the learner's own forward.

Three things come apart here: a wrong forward with a backward that matches it, a backward that
matches neither its forward nor the reference, and a backward that equals the reference's but does
not belong to the learner's forward.

The case's own point can only acquit at once. A gradient that is contradicted there, or undecided,
is looked at again at points moved by a little, which lie on no kink: the learner's code goes
through the whole probe there, and two points must contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import numpy as np
from msgspec import Struct, structs

from tutor.checking import words
from tutor.checking.conversation import Conversation
from tutor.checking.derivatives import Objective, Point
from tutor.checking.proxy import LearnerFailure, LearnerModule
from tutor.checking.readings import Agreement, Claim
from tutor.checking.referee import Element, Opinion, agree, find, look
from tutor.spec import Case, Check
from tutor.verdict import Finding

MOVES = 3
NUDGE = 0.01  # the spread of a move; steps go up to 0.01 as well
MOST_ALONE = 4  # of more gradients, it is not asked which of them are wrong
# An epsilon in a logarithm or under a root is no mistake.
TOLERANCE = 1e-6
# A time-out or a full memory is told, whenever it comes; other trouble at a moved point is not.
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
    # Beside a right forward, the reference has said all there is to say of a wrong gradient;
    # beside a wrong one, a right gradient is not to blame.
    doubted = [
        array
        for array in check.gradients
        if (array in findings) != forward_is_right
        and _comparable(answers.get(array), findings.get(array))
    ]
    told = dict(findings)
    if not doubted:
        return told
    inquiry = _Inquiry(check, learner, talk, forward)
    for array, opinion in inquiry.opinions(case, answers, doubted).items():
        if array in findings:
            told[array] = _beside_a_wrong_forward(findings[array], array, forward, opinion)
        elif opinion.agreement is Agreement.PARTS:
            message = words.not_your_forward(array, forward, opinion.element)
            finding = Finding(case.name, array, "backward", message)
            told[array] = _with_numbers(finding, opinion.element)
    return told


def _beside_a_wrong_forward(
    finding: Finding, array: str, forward: str, opinion: Opinion
) -> Finding:
    if opinion.agreement is Agreement.AGREES:
        message = words.with_your_forward(array, forward)
        return structs.replace(finding, kind="forward", message=message)
    if opinion.agreement is Agreement.PARTS:
        message = words.with_wrong_forward(finding.message, forward, opinion.element)
        return _with_numbers(structs.replace(finding, message=message), opinion.element)
    return finding


def _with_numbers(finding: Finding, element: Element | None) -> Finding:
    """With the entry that the referee found; expected is the slope of the learner's own forward."""
    if element is None:
        return finding
    yours, slope = words.distinct(element.claimed, element.measured)
    return structs.replace(
        finding,
        yours=words.entry(yours, element.index),
        expected=words.entry(slope, element.index),
    )


class _Inquiry(Struct, frozen=True):
    """The learner's code, taken through one case and through points nearby."""

    check: Check
    learner: LearnerModule
    talk: Conversation
    forward: str

    def opinions(
        self, case: Case, answers: Mapping[str, Any], doubted: Collection[str]
    ) -> dict[str, Opinion]:
        """What is settled about gradients. What stays undecided is left out."""
        rng = np.random.default_rng(len(case.name))
        settled: dict[str, Opinion] = {}
        parted: set[str] = set()
        try:
            claims, objective = self._claims(case, answers, doubted)
            if _all_agree(claims, objective, rng):
                return dict.fromkeys(claims, Opinion(Agreement.AGREES))
            for point, given in self._points(case, answers, rng):
                left = [array for array in claims if array not in settled]
                claimed, objective = self._claims(point, given, left)
                agreements = _agreements(claimed, objective, rng)
                for array, agreement in agreements.items():
                    if agreement is Agreement.AGREES:
                        settled[array] = Opinion(agreement)
                    elif agreement is Agreement.PARTS and array in parted:
                        # A learner can look up the numbers of the case itself, and no others.
                        named = find(claimed[array], objective, rng) if point is case else None
                        settled[array] = Opinion(agreement, named)
                    elif agreement is Agreement.PARTS:
                        parted.add(array)
                if not agreements or settled.keys() == claims.keys():
                    break
        except LearnerFailure as error:
            if error.failed.kind in TOLD_ALWAYS:
                raise
        except (TypeError, AttributeError, ValueError, IndexError, KeyError):
            pass  # the forward is no plain function of these quantities; the reference has judged
        return settled

    def _points(
        self, case: Case, answers: Mapping[str, Any], rng: np.random.Generator
    ) -> Iterator[tuple[Case, Mapping[str, Any]]]:
        """Cases with their answers: one nearby, the case itself, then others nearby."""
        yield self._nearby(case, rng)
        yield case, answers
        for _ in range(MOVES - 1):
            yield self._nearby(case, rng)

    def _nearby(self, case: Case, rng: np.random.Generator) -> tuple[Case, Mapping[str, Any]]:
        nudged = {
            quantity: at + NUDGE * rng.normal(size=at.shape)
            for quantity, at in self._quantities(case).items()
        }
        point = case.replace(**nudged)
        answers: dict[str, Any] = {}
        self.talk.collect(lambda: self.check.probe(self.learner, point), answers, lazy=True)
        self.talk.changed.clear()
        return point, answers

    def _claims(
        self, case: Case, answers: Mapping[str, Any], doubted: Collection[str]
    ) -> tuple[dict[str, Claim], Objective]:
        at = self._quantities(case)
        claims = {
            array: Claim(quantity, gradient, TOLERANCE)
            for array in doubted
            if (quantity := self.check.gradients[array]) in at
            and (gradient := np.asarray(answers[array], float)).shape == at[quantity].shape
        }
        upstream = case.grad_output if "grad_output" in case else 1.0

        def evaluate(points: list[Point]) -> list[Any]:
            return self.talk.together([self._forward_job(case.replace(**each)) for each in points])

        return claims, Objective(evaluate, upstream, at, answers[self.forward])

    def _quantities(self, case: Case) -> Point:
        names = [name for name in self.check.gradients.values() if name in case]
        given = {name: np.asarray(getattr(case, name)) for name in names}
        return {name: array for name, array in given.items() if array.dtype.kind == "f"}

    def _forward_job(self, case: Case) -> Callable[[], Any]:
        def forward() -> Any:
            for name, value in self.check.probe(self.learner, case):
                if name == self.forward:
                    return value
            raise ValueError("the probe yields no forward array")

        return forward


def _agreements(
    claims: Mapping[str, Claim], objective: Objective, rng: np.random.Generator
) -> Mapping[str, Agreement]:
    """How claims stand at one point. Of many, it is not asked which of them are wrong."""
    if not claims:
        return {}
    together = look(claims.values(), objective, rng) if _distinct(claims) else Agreement.UNSURE
    if together is Agreement.AGREES or len(claims) == 1:
        return dict.fromkeys(claims, together)
    if len(claims) > MOST_ALONE:
        return {}
    return {array: look([claim], objective, rng) for array, claim in claims.items()}


def _all_agree(claims: Mapping[str, Claim], objective: Objective, rng: np.random.Generator) -> bool:
    return not claims or (_distinct(claims) and agree(claims.values(), objective, rng))


def _distinct(claims: Mapping[str, Claim]) -> bool:
    """Whether all can be tried at once: no two of them are about the same quantity."""
    return len({claim.quantity for claim in claims.values()}) == len(claims)


def _comparable(value: Any, finding: Finding | None) -> bool:
    """Whether it is numeric, of the right form and finite, so that slopes can be taken."""
    return isinstance(value, (np.ndarray, np.generic, float, int)) and (
        finding is None or finding.kind == "value"
    )
