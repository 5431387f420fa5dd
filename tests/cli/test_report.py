"""Folding a verdict: told once, worst first, nothing lost."""

from __future__ import annotations

from typing import get_args

from tutor.report import _FAULT_WORDS, _RANK, duration, fold, headline, report, wrong_cases
from tutor.verdict import FAULTS, ArrayTally, Finding, FindingKind, Frame, Verdict


def finding(case: str, array: str, kind: FindingKind = "value", line: int = 0) -> Finding:
    frames = (Frame(line=line, function="backward", text="boom"),) if line else ()
    return Finding(case=case, array=array, kind=kind, message=f"{array} {case}", frames=frames)


def verdict(*findings: Finding, **more: object) -> Verdict:
    outcome = "wrong" if findings else "passed"
    if any(each.kind in FAULTS for each in findings):
        outcome = "faulty"
    fields = {"exercise": "scale", "outcome": outcome, "sha256": "0" * 64, "seconds": 0.019}
    return Verdict(**{**fields, "findings": findings, **more})  # type: ignore[arg-type]


def test_the_same_finding_in_three_cases_is_told_once() -> None:
    told = fold(
        [finding("one row: hides it", "grad_W"), finding("b", "grad_W"), finding("c", "grad_W")]
    )
    assert [each.finding.case for each in told] == ["one row: hides it"]
    assert told[0].also_in == ("b", "c")


def test_case_names_are_shortened_to_what_stands_before_the_colon() -> None:
    (told,) = fold([finding("a", "y"), finding("square W: a missing transpose fits", "y")])
    assert told.also_in == ("square W",)


def test_different_arrays_and_kinds_stay_apart() -> None:
    told = fold([finding("a", "y"), finding("a", "z"), finding("b", "y", "shape")])
    assert len(told) == 3


def test_crashes_on_different_lines_stay_apart() -> None:
    told = fold(
        [finding("a", "", "crash", 3), finding("b", "", "crash", 9), finding("c", "", "crash", 3)]
    )
    assert [(each.finding.frames[0].line, each.also_in) for each in told] == [(3, ("c",)), (9, ())]


def test_the_worst_comes_first_and_equals_keep_their_order() -> None:
    findings = [
        finding("a", "grad_b"),
        finding("a", "grad_W", "shape"),
        finding("a", "output", "forward"),
        finding("a", "", "crash"),
        finding("a", "grad_x"),
    ]
    kinds = [each.finding.kind for each in fold(findings)]
    assert kinds == ["crash", "forward", "shape", "value", "value"]
    assert [each.finding.array for each in fold(findings)][-2:] == ["grad_b", "grad_x"]


def test_every_finding_is_told_or_counted() -> None:
    findings = [finding(case, array) for case in "abc" for array in ("x", "y")]
    told = fold(findings)
    assert sum(1 + len(each.also_in) for each in told) == len(findings)


def test_every_kind_has_a_rank_or_a_word() -> None:
    assert set(get_args(FindingKind)) == set(_RANK) | set(_FAULT_WORDS)
    assert set(_FAULT_WORDS) == FAULTS


def test_headlines() -> None:
    assert headline(verdict()) == "PASSED"
    assert headline(verdict(finding("a", "y"))) == "WRONG"
    assert headline(verdict(finding("a", "y"), finding("b", "", "timeout"))) == "OUT OF TIME"
    assert headline(verdict(outcome="faulty")) == "FAULTY"


def test_a_report_says_which_arrays_are_right_and_how_often_others_are_wrong() -> None:
    told = report(
        verdict(
            finding("a", "grad_W"),
            arrays=(ArrayTally("output", 6, 6), ArrayTally("grad_W", 2, 6)),
            cases=6,
            output="one\ntwo\n",
        )
    )
    assert told.right == ("output",)
    assert [wrong_cases(tally) for tally in told.wrong] == ["4 of 6 cases"]
    assert told.size == "6 cases, 19 ms"
    assert told.output == ("one", "two")


def test_durations() -> None:
    assert [duration(s) for s in (0.0004, 0.0194, 0.9, 2.36)] == [
        "0 ms",
        "19 ms",
        "900 ms",
        "2.4 s",
    ]
