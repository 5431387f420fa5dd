"""Lessons: read as they were written, answers behind an answer."""

from __future__ import annotations

from tiny_course import COURSE, Program

PICTURE = "x ──> · 2 ──> y                                                         end."


def test_a_picture_of_76_columns_is_not_wrapped(inside: Program) -> None:
    assert len(PICTURE) == 76
    assert PICTURE in COURSE["lessons/01-doubling.md"]
    assert any(line.endswith(PICTURE) for line in inside("lesson", "doubling").stdout.splitlines())


def test_answers_are_hidden_until_one_is_given(inside: Program) -> None:
    before = inside("lesson", "doubling").stdout
    assert "What is 2 · 3?" in before
    assert "SIX" not in before
    assert "BECAUSE" not in before
    assert "--dont-know 1" in before
    given = inside("lesson", "doubling", "--answer", "1", "6")
    assert given.returncode == 0
    assert "Mark: right" in given.stdout
    assert "SIX" in given.stdout
    after = inside("lesson", "doubling").stdout
    assert "SIX" in after
    assert "BECAUSE" not in after


def test_a_wrong_prediction_is_marked_by_the_tutor(inside: Program) -> None:
    assert "Mark: wrong" in inside("lesson", "doubling", "--answer", "1", "-7").stdout
    done = inside("lesson", "doubling", "--mark", "1", "right")
    assert done.returncode == 2
    assert "its mark is given" in done.stderr


def test_the_first_answer_stands(inside: Program) -> None:
    inside("lesson", "doubling", "--answer", "1", "5")
    again = inside("lesson", "doubling", "--answer", "1", "6")
    assert again.returncode == 1
    assert "the first answer stands" in again.stderr
    assert "Your answer: 5" in again.stdout


def test_other_answers_are_marked_by_the_learner(inside: Program) -> None:
    given = inside("lesson", "doubling", "--answer", "2", "of course")
    assert "BECAUSE" in given.stdout
    assert "--mark 2" in given.stdout
    assert inside("lesson", "doubling", "--mark", "2", "partly").stdout == "Checkpoint 2: partly.\n"
    assert "Mark: partly" in inside("lesson", "doubling").stdout


def test_not_knowing_shows_the_answer(inside: Program) -> None:
    done = inside("lesson", "doubling", "--dont-know", "2")
    assert done.returncode == 0
    assert "Your answer: I don't know" in done.stdout
    assert "BECAUSE" in done.stdout


def test_the_last_answer_makes_a_lesson_read(inside: Program) -> None:
    inside("lesson", "doubling", "--answer", "1", "6")
    assert "read" not in inside("list").stdout.split("\n")[3]
    inside("lesson", "doubling", "--dont-know", "2")
    assert "read" in inside("list").stdout.split("\n")[3]


def test_without_a_terminal_there_is_no_escape_sequence(inside: Program) -> None:
    shown = inside("lesson", "doubling").stdout
    assert "\x1b" not in shown
    assert "Doubling\n========" in shown
    assert "`2`" in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_a_lesson_ends_with_its_exercises(inside: Program) -> None:
    assert inside("lesson", "doubling").stdout.endswith("\nbp-tutor edit scale\n")
