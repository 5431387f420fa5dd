"""On a terminal: colours unless refused, the whole width, and a question before a reset."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_course import WRONG, Program, arguments

pty = pytest.importorskip("pty")


@pytest.fixture
def on_terminal(environment: dict[str, str]) -> Callable[..., tuple[str, int]]:
    """Run the program on a pseudo-terminal; what it shows and its exit code.

    `typed` is typed once the program shows `asks`: earlier keys could meet a Python that is not
    yet there to take them.
    """

    def run(*words: str, asks: str = "", typed: str = "", **more: str) -> tuple[str, int]:
        child, terminal = pty.fork()
        if child == 0:
            try:
                env = {**environment, "TERM": "xterm-256color", **more}
                os.execve(sys.executable, arguments(environment, *words), env)
            finally:
                os._exit(99)
        shown = b""
        for part in _parts(terminal):
            shown += part
            if typed and asks.encode() in shown:
                time.sleep(0.3)  # the question is shown a moment before it is listened for
                os.write(terminal, typed.encode())
                typed = ""
        os.close(terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    return run


def _parts(terminal: int) -> Iterator[bytes]:
    """What comes from a terminal until its other side is closed."""
    while select.select([terminal], [], [], 20)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # how Linux says that it is closed
            return
        if not part:
            return
        yield part
    raise TimeoutError("the program waits for something")


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
    shown, code = on_terminal("reset", "scale", asks="[y/N]", typed="n\n")
    assert "Start scale over?" in shown
    assert "Nothing was changed." in shown
    assert code == 1
    assert path.read_text() == WRONG
    shown, code = on_terminal("reset", "scale", asks="[y/N]", typed="y\n")
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
    shown, code = on_terminal("reset", "scale", asks="[y/N]", typed="\x03")
    assert code == 130
    assert "Traceback" not in shown
    assert path.read_text() == WRONG


def test_a_learners_own_mark_is_asked_for(on_terminal: Terminal) -> None:
    shown, code = on_terminal(
        "lesson", "doubling", "--answer", "2", "so", asks="Your mark", typed="partly\n"
    )
    assert "BECAUSE" in shown
    assert code == 0
    assert "partly" in on_terminal("lesson", "doubling", NO_COLOR="1")[0].split("Mark: ")[1][:8]


def test_without_a_command_the_screen_opens(on_terminal: Terminal) -> None:
    shown, code = on_terminal(asks="shift", typed="q")
    assert "Two times" in shown
    assert code == 0


FOLLOWED = """
from tutor.spec import Case, follow

gradients = {}


def cases(rng):
    yield Case("three", x=3.0)
    yield Case("four", x=4.0)


def probe(learner, case):
    yield "output", float(learner.scale(case.x, follow("loss")))
"""
REPORTING = """
def scale(x, report):
    for n in range(50):
        report(1 / (n + 1))
    return 2 * x
"""


def test_what_code_reports_is_followed_on_a_terminal_only(
    on_terminal: Terminal, tutor: Program, tiny: Path, learn: Callable[[str, str], Path]
) -> None:
    (tiny / "checks" / "scale.py").write_text(FOLLOWED)
    solution = "def scale(x, report):\n    return 2 * x\n"
    (tiny / "checks" / "solutions" / "scale.py").write_text(solution)
    learn("scale", REPORTING)
    shown, code = on_terminal("check", "scale", COLUMNS="80", NO_COLOR="1")
    assert code == 0
    before, _, after = shown.partition("PASSED")
    assert before.endswith("\n")
    lines = [line.split("\r") for line in before.replace("\r\n", "\n").split("\n")]
    finals = [parts[-1].rstrip() for parts in lines if parts[-1].strip()]
    assert len(finals) == 2  # one for each case
    for final in finals:
        assert final.startswith("loss   first 1   last 0.02   lowest 0.02   █")
    assert all(len(part) < 80 for parts in lines for part in parts)
    assert "loss" not in after
    piped = tutor("check", "scale")
    assert piped.returncode == 0
    assert "loss" not in piped.stdout + piped.stderr
