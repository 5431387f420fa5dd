"""Finding and starting editors; those that are started are real programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tutor.errors import WorkspaceError
from tutor.workspace.editor import Editor, Which, _place, _split, find_editor, open_file

ROOT = Path(__file__).parents[2]
LONG = 10.0
DESK = {"DISPLAY": ":0"}

posix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")


def installed(*names: str) -> Which:
    return lambda name: f"/usr/bin/{name}" if name in names else None


def script(path: Path, body: str) -> Path:
    """An editor: a Python program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\nimport os, signal, sys, time\n{body}")
    path.chmod(0o755)
    return path


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def is_known(pid: int) -> bool:
    """Whether there is such a process, or a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# -- which editor ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"VISUAL": "vim", "EDITOR": "ed"}, ("vim",)),
        ({"VISUAL": "", "EDITOR": "nano"}, ("nano",)),
        ({"VISUAL": "  ", "EDITOR": " code  --wait "}, ("code", "--wait")),
        ({"EDITOR": "emacsclient -t -a ''"}, ("emacsclient", "-t", "-a", "")),
        ({"EDITOR": "'/opt/my editor/ed' --flag"}, ("/opt/my editor/ed", "--flag")),
        ({"EDITOR": "no-such-editor"}, ("no-such-editor",)),  # told when it is opened
        ({"EDITOR": "it's broken"}, ("it's", "broken")),
    ],
)
def test_the_variables_come_first(environ: Mapping[str, str], command: tuple[str, ...]) -> None:
    editor = find_editor(environ, installed("micro"))
    assert editor is not None
    assert editor.command == command


def test_a_path_with_spaces_needs_no_quotes_when_it_is_there(tmp_path: Path) -> None:
    path = script(tmp_path / "My Editors" / "best ed", "")
    editor = find_editor({"EDITOR": str(path)})
    assert editor is not None
    assert editor.command == (str(path),)


@posix
def test_else_a_usual_one_that_is_installed() -> None:
    assert find_editor({}, installed("code", "vi")) == Editor(("vi",), windowed=False)
    assert find_editor({}, installed("vim", "nano")) == Editor(("nano",), windowed=False)
    assert find_editor({}, installed("code")) == Editor(("code",), windowed=True)
    assert find_editor({}, installed()) is None


def test_by_default_the_real_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "my-editor --flag")
    editor = find_editor()
    assert str(editor) == "my-editor --flag"


@pytest.mark.parametrize(
    ("wanted", "command"),
    [
        (r"C:\Tools\vim.exe -u NONE", (r"C:\Tools\vim.exe", "-u", "NONE")),
        (r'"C:\Program Files\Ed\ed.exe" --wait', (r"C:\Program Files\Ed\ed.exe", "--wait")),
    ],
)
def test_on_windows_backslashes_stay(wanted: str, command: tuple[str, ...]) -> None:
    assert _split(wanted, installed(), windows=True) == command


@pytest.mark.parametrize(
    ("command", "environ", "windowed"),
    [
        ("vim", DESK, False),
        ("vim -g", DESK, True),
        ("nvim", DESK, False),
        ("nano", DESK, False),
        ("/usr/local/bin/code", {}, True),
        ("code --reuse-window", {}, True),
        ("code --wait", {}, False),
        ("code -n -w", {}, False),
        ("codium", {}, True),
        ("subl", {}, True),
        ("subl -w", {}, False),
        ("gedit", DESK, True),
        ("kate", DESK, True),
        ("kate --block", DESK, False),
        ("gvim", DESK, True),
        ("gvim -f", DESK, False),
        ("mate", {}, True),
        ("pycharm", DESK, True),
        ("zed --wait", DESK, False),
        ("xed", DESK, True),
        ("mousepad", DESK, True),
        (r"'C:\Windows\Notepad.exe'", {}, True),
        ("open -a TextEdit", {}, True),
        ("open -W -a TextEdit", {}, False),
        ("emacs", DESK, True),
        ("emacs", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("emacs", {}, False),
        ("emacs -nw", DESK, False),
        ("emacsclient", DESK, False),
        ("emacsclient -t", DESK, False),
        ("emacsclient -c", DESK, True),
        ("emacsclient -c", {}, False),
        ("my-own-editor", DESK, False),
    ],
)
def test_which_editors_have_a_window(
    command: str, environ: Mapping[str, str], windowed: bool
) -> None:
    editor = find_editor({"EDITOR": command, **environ}, installed())
    assert editor is not None
    assert editor.windowed is windowed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("vim", ["+7", "/a b/x.py"]),
        ("nano", ["+7", "/a b/x.py"]),
        ("code", ["--goto", "/a b/x.py:7"]),
        ("subl", ["/a b/x.py:7"]),
        ("pycharm", ["--line", "7", "/a b/x.py"]),
        ("kate", ["--line", "7", "/a b/x.py"]),
        ("notepad", ["/a b/x.py"]),
        ("my-own-editor", ["/a b/x.py"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(name: str, words: list[str]) -> None:
    assert _place(name, "/a b/x.py", 7) == words
    assert _place(name, "/a b/x.py", None) == ["/a b/x.py"]


# -- in the terminal -------------------------------------------------------------------------------


@posix
def test_an_editor_in_the_terminal_has_it_until_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "my work" / "linear {0}.py"
    file.parent.mkdir()
    out = tmp_path / "out"
    ed = script(
        tmp_path / "with spaces" / "nano",
        f"time.sleep(0.2); open({str(out)!r}, 'w').write(repr((sys.argv[1:], os.environ['MY'])))",
    )
    environ = {"EDITOR": f"'{ed}' --mine"}
    code = f"""
from pathlib import Path
from tutor.workspace.editor import find_editor, open_file
open_file(find_editor({environ!r}), Path({str(file)!r}), 12)
print(open({str(out)!r}).read())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "MY": "own"},
    )
    assert done.stdout == f"{(['--mine', '+12', str(file)], 'own')}\n", done.stderr


@posix
def test_ctrl_c_is_for_the_editor_only(tmp_path: Path) -> None:
    ed = script(
        tmp_path / "ed",
        "os.kill(os.getppid(), signal.SIGINT); time.sleep(0.1)\n"
        "print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)",
    )
    code = f"""
import signal
from pathlib import Path
from tutor.workspace.editor import Editor, open_file
open_file(Editor(({str(ed)!r},), windowed=False), Path("x.py"))
print("still here", signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "True\nstill here True\n", done.stderr


@pytest.mark.skipif(shutil.which("vim") is None, reason="no vim here")
def test_a_real_vim_edits_the_line(tmp_path: Path) -> None:
    file = tmp_path / "linear.py"
    file.write_text("one\ntwo\nthree\n")
    code = f"""
from pathlib import Path
from tutor.workspace.editor import find_editor, open_file
open_file(find_editor({{"EDITOR": "vim -es -u NONE"}}), Path({str(file)!r}), 2)
"""
    subprocess.run(
        [sys.executable, "-c", code], input="s/$/ hello/\nwq\n", text=True, cwd=ROOT, check=True
    )
    assert file.read_text() == "one\ntwo hello\nthree\n"


@posix
def test_a_status_that_comes_late_is_the_users_affair(tmp_path: Path) -> None:
    ed = script(tmp_path / "ed", "time.sleep(1.1); sys.exit(1)")
    open_file(Editor((str(ed),), windowed=False), tmp_path / "x.py")


# -- in a window -----------------------------------------------------------------------------------


@posix
def test_a_windowed_editor_is_left_alone(tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "x.py"
    ed = script(
        tmp_path / "code",
        "print('noise'); print('noise', file=sys.stderr)\n"
        f"out = open({str(out)!r}, 'w')\n"
        "print(os.getpid(), os.getsid(0), sys.argv[1:], sys.stdin.read(), file=out, flush=True)\n"
        "time.sleep(60)",
    )
    began = time.monotonic()
    open_file(Editor((str(ed),), windowed=True), file, 3)
    assert time.monotonic() - began < LONG
    wait_until(lambda: out.exists() and out.read_text().endswith("\n"))
    pid, session, rest = out.read_text().split(" ", 2)
    assert pid == session != str(os.getsid(0))
    assert rest == f"['--goto', '{file}:3'] \n"
    os.kill(int(pid), signal.SIGKILL)
    wait_until(lambda: not is_known(int(pid)))  # its end is noticed: no zombie stays


@posix
def test_a_launcher_that_ends_well_is_fine(tmp_path: Path) -> None:
    open_file(Editor((str(script(tmp_path / "code", "")),), windowed=True), tmp_path / "x.py")


# -- broken ones -----------------------------------------------------------------------------------


@pytest.mark.parametrize("windowed", [False, True])
def test_an_editor_that_is_not_there_is_told(tmp_path: Path, windowed: bool) -> None:
    editor = Editor(("no-such-editor", "-x"), windowed=windowed)
    with pytest.raises(WorkspaceError, match="no-such-editor -x") as refusal:
        open_file(editor, tmp_path / "x.py")
    assert "VISUAL or EDITOR" in refusal.value.hint


@posix
@pytest.mark.parametrize("windowed", [False, True])
def test_an_editor_that_may_not_be_run_is_told(tmp_path: Path, windowed: bool) -> None:
    ed = script(tmp_path / "ed", "")
    ed.chmod(0o644)
    with pytest.raises(WorkspaceError, match="cannot be used"):
        open_file(Editor((str(ed),), windowed=windowed), tmp_path / "x.py")


@posix
@pytest.mark.parametrize("windowed", [False, True])
def test_an_editor_that_fails_at_once_is_told(tmp_path: Path, windowed: bool) -> None:
    ed = tmp_path / "ed"  # a shell starts at once, however busy the machine is
    ed.write_text("#!/bin/sh\nexit 3\n")
    ed.chmod(0o755)
    with pytest.raises(WorkspaceError, match="status 3"):
        open_file(Editor((str(ed),), windowed=windowed), tmp_path / "x.py")
