"""The main way, walked in a real terminal as a learner walks it."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.tmux import Tmux, needs_tmux
from tutor.course.loader import Course

pytestmark = [needs_tmux, pytest.mark.tmux]

Open = Callable[..., Tmux]
SIZES = [(80, 24), (120, 36), (200, 50)]


def save(path: Path, source: str) -> None:
    """As many editors do: a file beside it, then a rename."""
    beside = path.with_name(path.name + ".swp")
    beside.write_text(source, encoding="utf-8")
    beside.replace(path)


def find(terminal: Tmux, name: str) -> None:
    """From the map to an exercise, by search."""
    terminal.press("/")
    terminal.see("Search")
    terminal.type(name)
    terminal.see_no_more("How this tutor works")
    terminal.press("Enter")
    terminal.see(name, "e edit")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_main_way(
    open_tutor: Open, tmp_path: Path, course: Course, size: tuple[int, int]
) -> None:
    """Start, lesson, checkpoint, exercise, wrong, hint, right, quit, start again: still passed."""
    right = course.solution("linear_backward")
    path = tmp_path / "my work" / "exercises" / "linear_backward.py"

    terminal = open_tutor(size)
    terminal.see("Backpropagation from scratch", "How this tutor works", "   0/")
    terminal.press("Enter")
    terminal.see("You learn backpropagation here by writing it")
    terminal.press("a")
    terminal.see("Checkpoint 1")
    terminal.type("3")
    terminal.press("Enter")
    terminal.see("It returns 3.")
    terminal.press("Escape")
    terminal.press("Escape")
    terminal.see("   0/")

    find(terminal, "linear_backward")
    save(path, right.replace("grad_output.sum(axis=0)", "grad_output.mean(axis=0)"))
    terminal.see("WRONG", "grad_b", " cases")
    terminal.press("h")
    terminal.see("Hint 3 of 4: ")
    save(path, right)
    terminal.see("PASSED")
    terminal.press("q")
    terminal.see("ended with 0")

    again = open_tutor(size)
    again.see("   1/")
    assert any(
        "linear_backward" in line and "passed" in line for line in again.screen().splitlines()
    )
    again.press("q")
    again.see("ended with 0")


def test_the_editor_gets_the_terminal_and_gives_it_back(open_tutor: Open, tmp_path: Path) -> None:
    """A terminal editor with an argument and a space in its path edits the file in place."""
    folder = tmp_path / "an editor"
    folder.mkdir()
    editor = folder / "edit it"
    editor.write_text('#!/bin/sh\nsed -i "s/return x$/return $1 * x/" "$2"\necho edited\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    terminal = open_tutor((80, 24), VISUAL=f"'{editor}' 2")
    terminal.see("   0/")
    find(terminal, "first_save")
    terminal.press("e")
    terminal.see("PASSED")
    terminal.press("q")
    terminal.see("ended with 0")


def test_ctrl_c_leaves_the_terminal_whole(open_tutor: Open) -> None:
    terminal = open_tutor()
    terminal.see("   0/")
    terminal.press("C-c")
    terminal.see("ended with")
    terminal.type("echo still $((40 + 2))")
    terminal.press("Enter")
    terminal.see("still 42")


def test_a_resize_while_it_runs_loses_nothing(open_tutor: Open) -> None:
    terminal = open_tutor((120, 36))
    terminal.see("   0/")
    find(terminal, "linear_backward")
    for size in [(80, 24), (60, 15), (200, 50), (80, 24)]:
        terminal.resize(*size)
        time.sleep(0.3)
    terminal.see("linear_backward", "e edit")


def test_two_tutors_share_one_workspace(open_tutor: Open, tmp_path: Path, course: Course) -> None:
    first, second = open_tutor(), open_tutor()
    first.see("   0/")
    second.see("   0/")
    find(first, "first_save")
    path = tmp_path / "my work" / "exercises" / "first_save.py"
    save(path, course.solution("first_save") + "\n# mine\n")
    first.see("PASSED")
    for terminal in (first, second):
        terminal.press("q")
        terminal.see("ended with 0")


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}, {"TERM": "screen", "COLORTERM": ""}],
    ids=["NO_COLOR", "16 colours", "screen"],
)
def test_status_is_told_in_words_without_colours(
    open_tutor: Open, tmp_path: Path, course: Course, environment: dict[str, str]
) -> None:
    terminal = open_tutor((80, 24), **environment)
    terminal.see("   0/", "next")
    find(terminal, "first_save")
    path = tmp_path / "my work" / "exercises" / "first_save.py"
    save(path, course.solution("first_save").replace("2", "3") + "\n# mine\n")
    terminal.see("WRONG")
    save(path, course.solution("first_save") + "\n# mine\n")
    terminal.see("PASSED")


def test_an_endless_loop_leaves_the_keys_alive(
    open_tutor: Open, tmp_path: Path, course: Course
) -> None:
    """Keys work while a check runs, and a newer save wins over it."""
    terminal = open_tutor((120, 36))
    terminal.see("   0/")
    find(terminal, "first_save")
    path = tmp_path / "my work" / "exercises" / "first_save.py"
    save(path, "while True:\n    pass\n")
    terminal.see("checking")
    terminal.press("?")
    terminal.see("check now")
    terminal.press("Escape")
    save(path, course.solution("first_save") + "\n# mine\n")
    terminal.see("PASSED")


def test_no_terminal_is_told_and_not_crashed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess
    import sys

    monkeypatch.delenv("BP_TUTOR_DEBUG", raising=False)
    command = [sys.executable, "-m", "tutor", "--workspace", str(tmp_path)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 3
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr
    assert not os.listdir(tmp_path)
