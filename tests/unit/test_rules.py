"""Hints open by trying, the solution by passing or after the last hint, levels by passing."""

from __future__ import annotations

from tutor.progress import rules
from tutor.progress.records import Attempt, HintTaken
from tutor.progress.rules import Status
from tutor.spec import Exercise
from tutor.verdict import Finding, Outcome, Verdict

HINTS = 4


def attempt(at: float, sha256: str, outcome: Outcome = "wrong", kind: str = "value") -> Attempt:
    finding = Finding("a case", "grad_W", kind, "wrong")  # type: ignore[arg-type]
    findings = () if outcome == "passed" else (finding,)
    verdict = Verdict("e", outcome, sha256, 0.1, findings)
    return Attempt(int(at), "e", at, sha256, outcome, verdict)


def taken(number: int, at: float, sha256: str) -> HintTaken:
    return HintTaken("e", number, at, sha256, anyway=False)


def test_the_first_hint_waits_for_a_try_with_a_changed_file() -> None:
    assert not rules.hint_gate(1, HINTS, [], []).open
    assert rules.hint_gate(1, HINTS, [], [attempt(1, "a")]).open


def test_the_next_hint_waits_for_other_bytes_than_the_last_was_taken_for() -> None:
    first = [taken(1, 2, "a")]
    assert not rules.hint_gate(2, HINTS, first, [attempt(1, "a")]).open
    assert not rules.hint_gate(2, HINTS, first, [attempt(1, "a"), attempt(3, "a")]).open
    assert rules.hint_gate(2, HINTS, first, [attempt(1, "a"), attempt(3, "b")]).open


def test_an_attempt_from_before_the_last_hint_opens_nothing() -> None:
    attempts = [attempt(1, "a"), attempt(4, "b")]
    assert not rules.hint_gate(2, HINTS, [taken(1, 5, "b")], attempts).open


def test_after_the_last_hint_there_is_no_next() -> None:
    all_taken = [taken(number, number, "a") for number in range(1, HINTS + 1)]
    assert not rules.hint_gate(0, HINTS, all_taken, [attempt(9, "z")]).open


def test_the_hint_that_fits_the_mistake_is_offered_first() -> None:
    assert rules.next_hint(HINTS, [], []) == 1
    assert rules.next_hint(HINTS, [], [3, 2]) == 3
    assert rules.next_hint(HINTS, [taken(3, 1, "a")], [3, 2]) == 2
    assert rules.next_hint(HINTS, [taken(3, 1, "a")], [3]) == 1
    assert rules.next_hint(1, [taken(1, 1, "a")], [1]) == 0


def test_what_unlocks_the_next_is_always_said() -> None:
    for hints in ([], [taken(1, 2, "a")]):
        gate = rules.hint_gate(len(hints) + 1, HINTS, hints, [])
        assert f"Hint {len(hints) + 1} of {HINTS} opens after" in gate.says
    assert "pass" in rules.solution_gate(HINTS, [], []).says


def test_the_solution_opens_after_a_pass_or_the_last_hint() -> None:
    all_taken = [taken(number, number, "a") for number in range(1, HINTS + 1)]
    assert not rules.solution_gate(HINTS, all_taken[:-1], [attempt(1, "a")]).open
    assert rules.solution_gate(HINTS, all_taken, []).open
    assert rules.solution_gate(HINTS, [], [attempt(1, "a", "passed")]).open


def test_a_revealed_solution_is_not_a_pass() -> None:
    tries = [attempt(1, "a")]
    assert rules.standing(tries, [], 2.0).status is Status.REVEALED
    after = rules.standing([*tries, attempt(3, "b", "passed")], [], 2.0)
    assert (after.status, after.words()) == (Status.PASSED, "passed, solution seen")
    before = rules.standing([attempt(1, "b", "passed")], [], 2.0)
    assert before.words() == "passed"


def test_a_pass_stays_a_pass_when_the_file_is_broken_later() -> None:
    tries = [attempt(1, "a", "passed"), attempt(2, "b")]
    assert rules.standing(tries, [], None).status is Status.PASSED


def test_levels_build_on_one_another() -> None:
    exercises = [Exercise("a", "A", 1), Exercise("b", "B", 1), Exercise("c", "C", 2)]
    assert rules.level_earned(exercises, {"a": True, "c": True}) == 0
    assert rules.level_earned(exercises, {"a": True, "b": True}) == 1
    assert rules.level_earned(exercises, {"a": True, "b": True, "c": True}) == 2


def test_a_level_without_exercises_is_not_in_the_way() -> None:
    exercises = [Exercise("a", "A", 1), Exercise("b", "B", 3), Exercise("c", "C", 0)]
    assert rules.level_earned(exercises, {"a": True}) == 1
    assert rules.level_earned(exercises, {"a": True, "b": True}) == 3
    assert rules.level_earned(exercises, {"b": True}) == 0
    assert rules.level_earned([Exercise("c", "C", 0)], {"c": True}) == 0


def test_a_hint_that_fits_says_so() -> None:
    tried = [attempt(1, "a")]
    assert "fits this mistake" in rules.hint_gate(2, HINTS, [], tried, fits=True).says
    assert "fits" not in rules.hint_gate(2, HINTS, [], tried).says
    locked = rules.hint_gate(2, HINTS, [taken(1, 2, "a")], tried, fits=True)
    assert not locked.open
    assert "fits this mistake. It opens after another try" in locked.says
