"""On a terminal: colours unless refused, the whole width, and a question before a reset."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import arguments
from tiny_course import WRONG

pty = pytest.importorskip("pty")


@pytest.fixture
def on_terminal(environment: dict[str, str]) -> Callable[..., tuple[str, int]]:
    """Run the program on a pseudo-terminal, typing `typed`; what it shows and its exit code."""

    def run(*words: str, typed: str = "", **more: str) -> tuple[str, int]:
        child, terminal = pty.fork()
        if child == 0:
            try:
                env = {**environment, "TERM": "xterm-256color", **more}
                os.execve(sys.executable, arguments(environment, *words), env)
            finally:
                os._exit(99)
        os.write(terminal, typed.encode())
        shown = b""
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the terminal's other side is closed
                break
            if not part:
                break
            shown += part
        os.close(terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    return run


Terminal = Callable[..., tuple[str, int]]


def test_colours_unless_refused(on_terminal: Terminal) -> None:
    for words in (["list"], ["lesson", "doubling"]):
        assert "\x1b[" in on_terminal(*words)[0]
        assert "\x1b[" not in on_terminal(*words, NO_COLOR="1")[0]
        assert "\x1b[" not in on_terminal(*words, TERM="dumb")[0]


def test_a_picture_is_whole_on_a_narrow_terminal(on_terminal: Terminal) -> None:
    shown, _ = on_terminal("lesson", "doubling", COLUMNS="50")
    assert "y                                                         end." in shown


def test_reset_asks_first(on_terminal: Terminal, learn: Callable[[str, str], Path]) -> None:
    path = learn("scale", WRONG)
    shown, code = on_terminal("reset", "scale", typed="n\n")
    assert "Start scale over?" in shown
    assert "Nothing was changed." in shown
    assert code == 1
    assert path.read_text() == WRONG
    shown, code = on_terminal("reset", "scale", typed="y\n")
    assert "kept as number" in shown
    assert code == 0
    assert path.read_text() != WRONG


def test_reset_does_not_ask_when_told(
    on_terminal: Terminal, learn: Callable[[str, str], Path]
) -> None:
    path = learn("scale", WRONG)
    shown, code = on_terminal("reset", "scale", "--yes")
    assert "?" not in shown
    assert code == 0
    assert path.read_text() != WRONG


def test_ctrl_c_at_a_question(on_terminal: Terminal, learn: Callable[[str, str], Path]) -> None:
    path = learn("scale", WRONG)
    shown, code = on_terminal("reset", "scale", typed="\x03")
    assert code == 130
    assert "Traceback" not in shown
    assert path.read_text() == WRONG


def test_a_learners_own_mark_is_asked_for(on_terminal: Terminal) -> None:
    shown, code = on_terminal("lesson", "doubling", "--answer", "2", "so", typed="partly\n")
    assert "BECAUSE" in shown
    assert code == 0
    assert "partly" in on_terminal("lesson", "doubling", NO_COLOR="1")[0].split("Mark: ")[1][:8]
