"""One scene: played with the learner's code, its arrays judged, its slopes compared."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from tutor import wire
from tutor.checking import words
from tutor.checking.conversation import Conversation
from tutor.checking.expectations import SceneExpectation
from tutor.checking.judge import judge
from tutor.checking.proxy import LearnerFailure, LearnerModule
from tutor.checking.slopes import second_opinion
from tutor.spec import Check
from tutor.verdict import Finding

COMPARED_ANYWAY = 4
NEVER_FINE = ("timeout", "output", "memory", "exit")


class Trial(Struct, frozen=True):
    """What came of one scene.

    `answers` are the learner's arrays as they came, `right` tells by array whether it is right;
    `failed` is set where learner code did not get through, after the arrays that came before it
    were judged.
    """

    expectation: SceneExpectation
    answers: dict[str, Any]
    right: dict[str, bool]
    findings: tuple[Finding, ...]
    failed: wire.Failed | None = None


def try_scene(
    check: Check,
    expectation: SceneExpectation,
    learner: LearnerModule,
    talk: Conversation,
    *,
    number: int,
) -> Trial:
    """Judge one scene. Raises what ends the whole check: TimedOut, Died, WireError.

    The first one (`number` 0) is taken call by call: what is lost then is lost in a function that
    is known. Slopes are compared in the first few, and wherever something is wrong.
    """
    scene = expectation.scene
    case = scene.case
    answers: dict[str, Any] = {}
    failed, unusable = None, None
    try:
        talk.collect(lambda: scene.play(learner), answers, lazy=number > 0)
    except LearnerFailure as error:
        failed = error.failed
        if scene.may_raise and failed.kind not in NEVER_FINE:
            return Trial(expectation, {}, {}, ())
        if failed.kind == "readonly" and not talk.passes_when_lent(lambda: scene.play(learner)):
            failed = structs.replace(failed, kind="exception")
    except (TypeError, AttributeError, ValueError, IndexError, KeyError) as error:
        # The probe works on the reference, so what the learner returned is to blame.
        unusable = Finding(case.name, "", "type", words.unusable(str(error)))
    findings = {
        array: finding
        for array, value in answers.items()
        if array in expectation.arrays
        and (finding := judge(case, expectation.arrays[array], value)) is not None
    }
    others = [Finding(case.name, "", "mutation", words.changed(each)) for each in talk.changed]
    talk.changed.clear()
    if unusable is not None:
        others.append(unusable)
    compared = not scene.kind and (number < COMPARED_ANYWAY or findings)
    if failed is None and unusable is None and compared:
        talk.mute(True)
        try:
            findings = second_opinion(check, case, learner, talk, answers, findings)
        except LearnerFailure as error:
            failed = error.failed
        talk.mute(False)
    right = {array: array not in findings for array in answers}
    return Trial(expectation, answers, right, (*findings.values(), *others), failed)
