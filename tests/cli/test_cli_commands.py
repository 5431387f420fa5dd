"""What each command prints, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_course import RIGHT, WRONG, Program

from tutor.course.loader import Course
from tutor.itinerary import upcoming
from tutor.session import Session
from tutor.workspace.files import Workspace

Learn = Callable[[str, str], Path]


# -- list and progress ---------------------------------------------------------------------------


def test_list_shows_the_map_and_what_is_next(inside: Program) -> None:
    done = inside("list")
    assert done.returncode == 0
    assert "Two times" in done.stdout
    assert "level 0 of 4   0/2 passed" in done.stdout
    assert "> doubling  next  scale  not started" in done.stdout
    assert "  shifting        shift  not started" in done.stdout
    assert "Continue: bp-tutor lesson doubling   then: bp-tutor edit scale" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_list_follows_progress(inside: Program, learn: Learn) -> None:
    for number in ("1", "2"):
        inside("lesson", "doubling", "--answer", number, "6")
    learn("scale", WRONG)
    inside("check", "scale")
    assert "> doubling  read  scale  1 attempt, next" in inside("list").stdout
    assert "Continue: bp-tutor edit scale\n" in inside("list").stdout
    learn("scale", RIGHT)
    inside("check", "scale")
    shown = inside("list").stdout
    assert "scale  passed" in shown
    assert "> shifting  next  shift  not started" in shown
    assert "level 1 of 4   1/2 passed" in shown
    inside("lesson", "shifting")  # it has no checkpoints: printed is read
    assert "> shifting  read  shift  next" in inside("list").stdout


def test_the_list_goes_on_where_the_map_does(
    inside: Program, learn: Learn, tiny: Path, workspace: Path
) -> None:
    def map_says() -> str:
        session = Session(Course.load(tiny), Workspace(workspace))
        stop = upcoming(session.overview())
        session.close()
        verb = "lesson" if stop and stop.kind == "lesson" else "edit"
        return (
            f"Continue: bp-tutor {verb} {stop.name}" if stop else "Everything is read and passed."
        )

    for step in (
        ("list",),
        ("lesson", "doubling", "--answer", "1", "6"),
        ("lesson", "doubling", "--answer", "2", "so"),
        ("check", "scale"),
        ("lesson", "shifting"),
        ("check", "shift"),
    ):
        learn("scale", RIGHT)
        learn("shift", "def shift(x):\n    return x + 1\n")
        inside(*step)
        assert map_says() in inside("list").stdout, step
    assert map_says() == "Everything is read and passed."


def test_progress_as_json_has_stable_keys(inside: Program, learn: Learn) -> None:
    learn("scale", WRONG)
    inside("check", "scale")
    inside("hint", "scale")
    inside("lesson", "doubling", "--answer", "1", "6")
    told = json.loads(inside("progress", "--json").stdout)
    assert told["exercises"][0] == {
        "name": "scale",
        "title": "Scale",
        "level": 1,
        "status": "started",
        "attempts": 1,
        "hints": 1,
        "solution_seen": False,
    }
    assert told["lessons"][0] == {
        "name": "doubling",
        "title": "Doubling",
        "read": False,
        "checkpoints": 2,
        "answered": 1,
        "right": 1,
    }
    assert told["by_level"][1] == {
        "level": 2,
        "criterion": "all of its exercises are passed",
        "passed": 0,
        "total": 1,
    }
    summary = {key: told[key] for key in ("course", "level", "levels", "passed", "total", "next")}
    assert summary == {
        "course": "Two times",
        "level": 0,
        "levels": 4,
        "passed": 0,
        "total": 2,
        "next": "scale",
    }


def test_progress_in_words(inside: Program, learn: Learn) -> None:
    learn("scale", WRONG)
    inside("check", "scale")
    shown = inside("progress").stdout
    assert "scale  started      1 attempt" in shown
    assert "  level 1   0 of 1     all of its exercises are passed" in shown
    assert "  level 3   -          all of its exercises are passed" in shown
    assert "0 of 2 lessons read, 0 of 2 checkpoints answered, 0 right" in shown


# -- check ---------------------------------------------------------------------------------------


def test_a_pass_says_what_comes_next(inside: Program, learn: Learn) -> None:
    learn("scale", RIGHT)
    done = inside("check", "scale")
    assert done.returncode == 0
    assert done.stdout.startswith("PASSED scale  3 cases, ")
    assert "Continue: bp-tutor lesson shifting   then: bp-tutor edit shift" in done.stdout


def test_a_wrong_answer_is_told_with_its_prints_and_the_hint(inside: Program, learn: Learn) -> None:
    learn("scale", WRONG)
    done = inside("check", "scale")
    assert done.returncode == 1
    assert done.stdout.startswith("WRONG scale")
    assert "  wrong output 2 of 3 cases" in done.stdout
    assert "output, case: three: a plain number" in done.stdout
    assert "  | hello" in done.stdout
    assert "bp-tutor hint scale" in done.stdout


def test_a_crash_shows_the_learners_own_line(inside: Program, learn: Learn) -> None:
    path = learn("scale", "def scale(x):\n    return 1 / 0\n")
    done = inside("check", "scale")
    assert done.returncode == 1
    assert done.stdout.startswith("CRASHED scale")
    assert f"{Path('~') / path.relative_to(path.parents[2])}:2 in scale" in done.stdout
    assert "      return 1 / 0" in done.stdout


def test_prints_cannot_command_the_terminal(inside: Program, learn: Learn) -> None:
    learn("scale", "def scale(x):\n    print('\\x1b[31mred\\x07')\n    return x\n")
    shown = inside("check", "scale").stdout
    assert "[31mred" in shown
    assert not {"\x1b", "\x07"} & set(shown)


@pytest.mark.parametrize(
    ("source", "verdict", "code"), [(RIGHT, "passed", 0), (WRONG, "wrong", 1), ("(", "faulty", 1)]
)
def test_json_is_one_object_with_the_promised_keys(
    inside: Program, tmp_path: Path, source: str, verdict: str, code: int
) -> None:
    file = tmp_path / "try this.py"
    file.write_text(source)
    done = inside("check", "scale", "--file", str(file), "--json")
    told = json.loads(done.stdout)
    assert done.returncode == code
    assert (told["exercise"], told["verdict"]) == ("scale", verdict)
    assert {"sha256", "seconds", "findings", "diagnoses", "output"} <= set(told)
    assert all({"case", "array", "kind", "message"} <= set(each) for each in told["findings"])
    assert done.stdout.count("\n") == 1


def test_json_of_strange_files_is_still_json(inside: Program, tmp_path: Path) -> None:
    file = tmp_path / "strange.py"
    for source in (b"", b"\0", b"\xff\xfe", b"print('\\udc80\xc2\x80')\ndef scale(x): return x\n"):
        file.write_bytes(source)
        done = inside("check", "scale", "--file", str(file), "--json")
        assert json.loads(done.stdout)["verdict"] in ("faulty", "wrong")
        assert done.returncode == 1


def test_file_without_its_file_is_not_passed(inside: Program, tmp_path: Path) -> None:
    done = inside("check", "scale", "--file", str(tmp_path / "nothing.py"))
    assert done.returncode == 1
    assert done.stdout.startswith("NO FILE scale")


def test_all_is_a_table(inside: Program, learn: Learn) -> None:
    learn("scale", RIGHT)
    done = inside("check", "--all")
    first, second, _, summary = done.stdout.splitlines()
    assert done.returncode == 1
    assert first.startswith("scale  PASSED            3 cases, ")
    assert second == "shift  NOT STARTED"
    assert summary == "1 of 2 passed"


def test_all_passed_is_0(inside: Program, learn: Learn) -> None:
    learn("scale", RIGHT)
    learn("shift", "def shift(x):\n    return x + 1\n")
    assert inside("check", "--all").returncode == 0


def test_all_as_json_is_one_array(inside: Program) -> None:
    done = inside("check", "--all", "--json")
    assert [each["exercise"] for each in json.loads(done.stdout)] == ["scale", "shift"]


def test_without_a_name_the_file_changed_last(inside: Program, learn: Learn) -> None:
    inside("reset", "scale", "--yes")
    assert inside("check").stderr == "Checking scale.\n"  # nothing is changed: the next one
    learn("shift", "def shift(x):\n    return x\n")
    done = inside("check", "--json")
    assert done.stderr == "Checking shift.\n"
    assert json.loads(done.stdout)["exercise"] == "shift"


def test_without_a_name_a_passed_file_is_left_alone(inside: Program, learn: Learn) -> None:
    learn("scale", RIGHT)
    inside("check", "scale")
    assert inside("check").stderr == "Checking shift.\n"


# -- hints and solutions -------------------------------------------------------------------------


def test_hints_open_by_trying(inside: Program, learn: Learn) -> None:
    locked = inside("hint", "scale")
    assert locked.returncode == 1
    assert "Hint 1 of 3 opens " in locked.stdout
    assert "--anyway" in locked.stdout
    learn("scale", WRONG)
    inside("check", "scale")
    opened = inside("hint", "scale")
    assert opened.returncode == 0
    assert "Hint 1 of 3: first" in opened.stdout
    assert "ONE" in opened.stdout
    assert "Hint 2 of 3 opens " in opened.stdout
    assert inside("hint", "scale").returncode == 1


def test_a_hint_can_be_had_anyway_and_read_again(inside: Program) -> None:
    assert "ONE" in inside("hint", "scale", "--anyway").stdout
    inside("hint", "scale", "--anyway")
    last = inside("hint", "scale", "--anyway").stdout
    assert "THREE" in last
    assert "The solution is open" in last
    again = inside("hint", "scale", "--all")
    assert again.returncode == 0
    assert again.stdout.index("ONE") < again.stdout.index("THREE")
    none_left = inside("hint", "scale", "--anyway")
    assert none_left.returncode == 0
    assert "All hints are open." in none_left.stdout


def test_the_solution_opens_with_the_last_hint(inside: Program) -> None:
    locked = inside("solution", "scale")
    assert locked.returncode == 1
    assert "The solution opens when you pass, or after hint 3 of 3." in locked.stdout
    for _ in range(3):
        inside("hint", "scale", "--anyway")
    opened = inside("solution", "scale")
    assert opened.returncode == 0
    assert opened.stdout == RIGHT
    assert "scale  revealed" in inside("list").stdout


# -- reset and history ---------------------------------------------------------------------------


def test_reset_keeps_the_file_and_history_brings_it_back(inside: Program, learn: Learn) -> None:
    path = learn("scale", WRONG)
    inside("check", "scale")
    done = inside("reset", "scale")  # no terminal: nobody to ask, and nothing to lose
    assert done.returncode == 0
    assert "NotImplementedError" in path.read_text()
    number = done.stdout.split("--restore ")[1].strip()
    table = inside("history", "scale").stdout
    assert "wrong" in table
    assert "before a reset" in table
    assert inside("history", "scale", "--show", number).stdout == WRONG
    assert inside("history", "scale", "--restore", number).returncode == 0
    assert path.read_text() == WRONG
    assert "your file now" in inside("history", "scale").stdout


def test_history_of_nothing(inside: Program) -> None:
    done = inside("history", "scale")
    assert done.returncode == 0
    assert "No version of scale is kept yet" in done.stdout


@pytest.mark.parametrize("option", ["--show", "--restore"])
def test_a_version_that_is_not_there(inside: Program, option: str) -> None:
    done = inside("history", "scale", option, "99")
    assert done.returncode == 2
    assert "scale has no version 99." in done.stderr
    assert done.stdout == ""


# -- wrong usage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lst"], "Did you mean 'list'?"),
        (["list", "--nope"], "--nope"),
        (["check", "skale"], "Did you mean scale?"),
        (["lesson", "dubling"], "Did you mean doubling"),
        (["hint"], "NAME"),
        (["check", "scale", "--all"], "--all stands alone"),
        (["check", "--file", "x.py"], "--file needs the NAME"),
        (["hint", "scale", "--all", "--anyway"], "choose one"),
        (["history", "scale", "--show", "1", "--restore", "1"], "choose one"),
        (["lesson", "doubling", "--answer", "1", "6", "--dont-know", "1"], "one at a time"),
        (["lesson", "doubling", "--answer", "7", "6"], "doubling has no checkpoint 7; it has 2."),
        (["lesson", "doubling", "--mark", "2", "right"], "has no answer of yours"),
    ],
)
def test_wrong_usage_is_told_on_stderr(inside: Program, words: list[str], told: str) -> None:
    done = inside(*words)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


# -- doctor --------------------------------------------------------------------------------------


def test_doctor_finds_every_mistake_of_a_course(inside: Program, tiny: Path) -> None:
    (tiny / "checks" / "scale.py").write_text("def (")
    (tiny / "lessons" / "02-shifting.md").write_bytes(b"# \xff")
    done = inside("doctor")
    assert done.returncode == 3
    assert "02-shifting.md" in done.stdout
    assert "scale.py:1" in done.stdout


def test_doctor_survives_a_course_that_is_not_there(inside: Program, tiny: Path) -> None:
    (tiny / "lessons" / "course.toml").unlink()
    done = inside("doctor")
    assert done.returncode == 3
    assert "broken  course" in done.stdout
    assert "ok      python" in done.stdout
