"""The program as a process: pipes, signals, encodings, failures, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_course import RIGHT, WRONG, Program, arguments

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and pipes")

READ_ONLY = [
    ["--help"],
    ["--version"],
    ["list"],
    ["check", "--help"],
    ["lesson", "doubling"],
    ["progress"],
    ["progress", "--json"],
    ["history", "scale"],
    ["hint", "scale", "--all"],
    ["doctor"],
]


def tree(root: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder, with its size and time of change."""
    return {
        str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if "__pycache__" not in path.parts
    }


# -- what it leaves behind -----------------------------------------------------------------------


def test_commands_that_look_leave_nothing(
    tutor: Program, inside: Program, tmp_path: Path, workspace: Path
) -> None:
    before = tree(tmp_path)
    for words in [*READ_ONLY, ["hint", "scale"], ["solution", "scale"]]:
        inside(*words)
    tutor("list")
    assert tree(tmp_path) == before
    assert not workspace.exists()


def test_commands_that_look_change_nothing(
    inside: Program, learn: Callable[[str, str], Path], tmp_path: Path
) -> None:
    learn("scale", WRONG)
    inside("check", "scale")
    before = tree(tmp_path)
    for words in READ_ONLY:
        inside(*words)
    assert tree(tmp_path) == before


def test_judging_a_file_leaves_nothing(tutor: Program, tmp_path: Path, workspace: Path) -> None:
    file = tmp_path / "try this.py"
    file.write_text(RIGHT)
    before = tree(tmp_path)
    assert tutor("check", "scale", "--file", str(file), "--json").returncode == 0
    assert tree(tmp_path) == before
    assert not workspace.exists()


# -- exit codes ----------------------------------------------------------------------------------


def test_exit_codes(tutor: Program, tmp_path: Path, learn: Callable[[str, str], Path]) -> None:
    learn("scale", RIGHT)
    assert tutor("check", "scale").returncode == 0
    learn("scale", WRONG)
    assert tutor("check", "scale").returncode == 1
    assert tutor("chek").returncode == 2
    assert tutor("check", "skale").returncode == 2
    assert tutor("list", "--course", str(tmp_path / "none")).returncode == 0  # the later one counts
    assert tutor("--course", str(tmp_path / "none"), "list").returncode == 0


def test_a_broken_course_is_told_with_its_place(tutor: Program, tiny: Path) -> None:
    (tiny / "lessons" / "course.toml").write_text("format_version = 1\ntitle = \n")
    done = tutor("list")
    assert done.returncode == 3
    assert "course.toml:2: " in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_places_are_taken_before_and_after_the_command(
    environment: dict[str, str], tiny: Path, tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "tutor", "--workspace", str(tmp_path / "one"), "--course"]
    for command in (
        [*words, str(tiny), "reset", "scale"],
        [*words, str(tmp_path), "reset", "scale", "--course", str(tiny)],
        [*words, str(tiny), "reset", "scale", "--workspace", str(tmp_path / "two")],
    ):
        assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert (tmp_path / "one" / "exercises" / "scale.py").exists()
    assert (tmp_path / "two" / "exercises" / "scale.py").exists()


def test_without_a_terminal_the_screen_says_what_works(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "needs a terminal" in done.stderr
    assert "list, lesson, edit, check" in done.stderr
    assert "bp-tutor --help" in done.stderr


# -- pipes and signals ---------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("words", [["list"], ["lesson", "doubling"], ["check", "scale"]])
def test_a_closed_pipe_is_no_error(environment: dict[str, str], words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            arguments(environment, *words),
            env=environment,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert done.stderr == ""


@posix
def test_nobody_reads_the_errors_either(environment: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            arguments(environment, "lst"),
            env=environment,
            stdout=writer,
            stderr=writer,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_under_the_output_is_told(environment: dict[str, str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            arguments(environment, "list"),
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "The output: No space left on device.\n"


@posix
def test_ctrl_c_ends_a_check_quietly(
    environment: dict[str, str], learn: Callable[[str, str], Path]
) -> None:
    learn("scale", "import time\ndef scale(x):\n    time.sleep(60)\n")
    process = subprocess.Popen(
        arguments(environment, "check", "scale"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err


# -- characters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_an_output_without_unicode_shows_what_it_can(tutor: Program, encoding: str) -> None:
    done = tutor("lesson", "doubling", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "is `2`." in done.stdout
    assert "?(2x)" in done.stdout or "∂(2x)" in done.stdout


def test_json_is_utf_8_whatever_the_output_is(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text("def scale(x):\n    print('∂')\n    return x\n", encoding="utf-8")
    done = subprocess.run(
        arguments(environment, "check", "scale", "--file", str(file), "--json"),
        env={**environment, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert "∂" in done.stdout.decode("utf-8")


# -- bugs ----------------------------------------------------------------------------------------


def test_a_bug_is_an_apology(inside: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh no")

    monkeypatch.setattr("tutor.session.Session.overview", broken)
    monkeypatch.delenv("BP_TUTOR_DEBUG", raising=False)
    done = inside("list")
    assert done.returncode == 3
    assert "ZeroDivisionError: oh no at test_cli_process.py:" in done.stderr
    assert "Traceback" not in done.stderr
    monkeypatch.setenv("BP_TUTOR_DEBUG", "1")
    assert "Traceback" in inside("list").stderr


# -- the editor ----------------------------------------------------------------------------------


def test_edit_opens_the_file_and_says_what_to_do_next(
    tutor: Program, tmp_path: Path, workspace: Path
) -> None:
    editor = tmp_path / "an editor.py"
    editor.write_text("import sys\nopen(sys.argv[-1], 'w').write('edited')\n")
    done = tutor("edit", "scale", EDITOR=f'"{sys.executable}" "{editor}"')
    assert done.returncode == 0, done.stderr
    assert (workspace / "exercises" / "scale.py").read_text() == "edited"
    assert "bp-tutor check scale" in done.stdout


@posix
def test_without_an_editor_the_path_is_told(tutor: Program, workspace: Path) -> None:
    done = tutor("edit", "scale", PATH="")
    path = workspace / "exercises" / "scale.py"
    assert done.returncode == 3
    assert path.exists()
    assert str(path) in done.stderr
    assert "EDITOR" in done.stderr
