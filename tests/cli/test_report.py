"""Folding a verdict: told once, worst first, nothing lost."""

from __future__ import annotations

from typing import get_args

from tutor.report import (
    _FAULT_WORDS,
    _RANK,
    also_in,
    duration,
    fold,
    headline,
    names_within,
    report,
    unexplained,
    wrong_words,
)
from tutor.verdict import FAULTS, ArrayTally, Diagnosis, Finding, FindingKind, Frame, Verdict


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
    assert wrong_words(told.wrong, 80) == "grad_W 4 of 6 cases"
    assert told.size == "6 cases, 19 ms"
    assert told.output == ("one", "two")


def test_durations() -> None:
    assert [duration(s) for s in (0.0004, 0.0194, 0.9, 2.36)] == [
        "0 ms",
        "19 ms",
        "900 ms",
        "2.4 s",
    ]


def test_what_no_cause_explains_comes_first_and_the_rest_once_for_each_array() -> None:
    shown_whole = Finding("e", "grad_W", "value", "grad_W e", " 1  2\n 3  4", " 0  0\n 0  0")
    told = report(
        verdict(
            finding("a", "grad_W", "shape"),
            finding("b", "grad_b"),
            finding("c", "grad_W"),
            shown_whole,
            finding("d", "", "crash", 3),
            diagnoses=(Diagnosis("turned", "Turned.", "seen", arrays=("grad_W",)),),
        )
    )
    assert [(each.finding.array, each.explained) for each in told.findings] == [
        ("", False),
        ("grad_b", False),
        ("grad_W", True),
    ]


def test_of_what_is_explained_the_whole_array_is_shown() -> None:
    whole = Finding("e", "grad_W", "value", "off", " 1  2\n 3  4", " 0  0\n 0  0")
    cause = Diagnosis("turned", "Turned.", "seen", arrays=("grad_W",))
    told = report(verdict(finding("a", "grad_W", "shape"), whole, diagnoses=(cause,)))
    assert [each.finding for each in told.findings] == [whole]


def test_where_it_starts_is_no_explanation() -> None:
    arrays = (ArrayTally("grad_W", 0, 6), ArrayTally("grad_b", 6, 6), ArrayTally("grad_x", 1, 6))
    place = Diagnosis("starts_here", "It starts at `grad_W`.", "seen", arrays=("grad_W",))
    cause = Diagnosis("turned", "Turned.", "seen", arrays=("grad_x",))
    wrong = (finding("a", "grad_W"), finding("a", "grad_x"))
    assert unexplained(verdict(*wrong, arrays=arrays)) == ("grad_W", "grad_x")
    assert unexplained(verdict(*wrong, arrays=arrays, diagnoses=(place, cause))) == ("grad_W",)


def test_what_two_causes_share_is_told_once() -> None:
    one = Diagnosis("a", "A.", "both together", "because", "here#a", "Here: A")
    two = Diagnosis("b", "B.", "both together", "why not", "here#a", "Here: A")
    first, second = report(verdict(finding("a", "y"), diagnoses=(one, two))).diagnoses
    assert first == one
    assert (second.message, second.evidence, second.why, second.reading) == (
        "B.",
        "",
        "why not",
        "",
    )


def test_counts_of_several_wrong_arrays_stand_in_one_line() -> None:
    tallies = (ArrayTally("grad_W", 2, 6), ArrayTally("grad_b", 5, 6))
    assert wrong_words(tallies, 80) == "grad_W 4 of 6 cases, grad_b 1 of 6"
    assert wrong_words(tallies, 30) == "grad_W 4 of 6 cases, and 1 more"
    assert wrong_words((), 30) == ""


def test_names_fill_a_line_and_the_rest_is_counted() -> None:
    names = ("output", "grad_W", "grad_b")
    assert names_within(names, 80) == "output, grad_W, grad_b"
    assert names_within(names, 20) == "output, and 2 more"
    assert names_within(names, 3) == "output, and 2 more"
    assert names_within((), 80) == ""


def test_a_place_is_told_only_while_its_cause_is_not() -> None:
    place = Diagnosis("starts_here", "It starts at `grad_W`.", "seen", arrays=("grad_W",))
    cause = Diagnosis("turned", "Turned.", "known", arrays=("grad_W",))
    wrong = finding("a", "grad_W")
    assert report(verdict(wrong, diagnoses=(cause, place))).diagnoses == (cause,)
    assert report(verdict(wrong, diagnoses=(place, cause))).diagnoses == (place, cause)


def test_each_cause_has_one_instance_to_look_at() -> None:
    arrays = ("grad_W", "grad_b", "grad_x", "grad_z")
    causes = (
        Diagnosis("a", "A.", "seen", arrays=("grad_b", "grad_W")),
        Diagnosis("b", "B.", "seen", arrays=("grad_z",)),
    )
    told = report(verdict(*(finding("a", each) for each in arrays), diagnoses=causes))
    assert [(each.finding.array, each.brief) for each in told.findings] == [
        ("grad_x", False),
        ("grad_b", False),
        ("grad_z", False),
        ("grad_W", True),
    ]


def test_of_many_cases_the_first_are_named() -> None:
    assert also_in(("a", "b")) == "also in: a; b"
    assert also_in(tuple("abcdefg")) == "also in: a; b; c; d; and 3 more"
