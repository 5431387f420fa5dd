"""What a command imports is most of what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tiny_course import arguments

HEAVY = ("numpy", "textual", "rich", "markdown_it", "asyncio", "watchfiles", "importlib.metadata")


def imported(environment: dict[str, str], *words: str) -> set[str]:
    """The modules that a command line imported."""
    code = (
        "import sys, tutor.__main__; from tutor.cli.main import run; run(sys.argv[1:]); "
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments(environment, *words)[3:]],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("words", [["list"], ["--help"], ["history", "scale"], ["hint", "scale"]])
def test_looking_imports_nothing_heavy(environment: dict[str, str], words: list[str]) -> None:
    assert not imported(environment, *words) & set(HEAVY)


def test_checking_imports_numpy_and_no_screen(environment: dict[str, str]) -> None:
    assert imported(environment, "check", "scale") & set(HEAVY) <= {"numpy"}


def test_only_the_command_in_use_is_imported(environment: dict[str, str]) -> None:
    modules = imported(environment, "list")
    commands = {name for name in modules if name.startswith("tutor.cli.commands.")}
    assert commands == {"tutor.cli.commands.list"}
