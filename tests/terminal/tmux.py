"""A real terminal: tmux runs the program, keys go in, the screen comes out as text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

LIMIT = 20.0

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed: no real terminal to drive"
)


def tmux(*arguments: str) -> str:
    return subprocess.run(
        ["tmux", "-L", "bp-tutor-tests", *arguments], check=True, capture_output=True, text=True
    ).stdout


class Tmux:
    """One tmux session of one window."""

    def __init__(self, command: str, size: tuple[int, int], environment: dict[str, str]) -> None:
        self._name = f"t{uuid.uuid4().hex[:8]}"
        columns, rows = map(str, size)
        variables = [
            word for name, value in environment.items() for word in ("-e", f"{name}={value}")
        ]
        tmux("new-session", "-d", "-s", self._name, "-x", columns, "-y", rows, *variables, command)
        tmux("set-option", "-t", self._name, "remain-on-exit", "on")

    def close(self) -> None:
        subprocess.run(
            ["tmux", "-L", "bp-tutor-tests", "kill-session", "-t", self._name],
            check=False,
            capture_output=True,
        )

    def screen(self) -> str:
        return tmux("capture-pane", "-p", "-t", self._name)

    def press(self, *keys: str) -> None:
        """tmux key names: Enter, Escape, C-c ..."""
        tmux("send-keys", "-t", self._name, *keys)

    def type(self, text: str) -> None:
        tmux("send-keys", "-l", "-t", self._name, text)

    def resize(self, columns: int, rows: int) -> None:
        tmux("resize-window", "-t", self._name, "-x", str(columns), "-y", str(rows))

    def see(self, *texts: str) -> str:
        """Wait until all texts stand on the screen; the screen."""
        deadline = time.monotonic() + LIMIT
        while True:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            assert time.monotonic() < deadline, f"never saw {texts}:\n{screen}"
            time.sleep(0.02)

    def see_no_more(self, text: str) -> str:
        deadline = time.monotonic() + LIMIT
        while text in (screen := self.screen()):
            assert time.monotonic() < deadline, f"still there: {text}\n{screen}"
            time.sleep(0.02)
        return screen


def tutor_command(workspace: Path, *words: str) -> str:
    """A shell line that runs this interpreter's tutor and says when it has ended."""
    program = [sys.executable, "-m", "tutor", "--workspace", str(workspace), *words]
    quoted = " ".join(f"'{word}'" for word in program)
    return f"{quoted}; echo ended with $?; exec {os.environ.get('SHELL', '/bin/sh')}"
