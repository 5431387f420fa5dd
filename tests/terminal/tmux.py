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

LIMIT = 15.0

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed: no real terminal to drive"
)


class Tmux:
    """One tmux session of one window."""

    def __init__(self, command: str, size: tuple[int, int], environment: dict[str, str]) -> None:
        # A server of its own: a shared one may be about to end with its last session.
        self._server = f"bp-tutor-{uuid.uuid4().hex[:8]}"
        columns, rows = map(str, size)
        variables = [part for item in environment.items() for part in ("-e", "=".join(item))]
        self._tmux(
            "-f", os.devnull, "new-session", "-d", "-x", columns, "-y", rows, *variables, command
        )
        self._tmux("set-option", "remain-on-exit", "on")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._server, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def close(self) -> None:
        command = ["tmux", "-L", self._server, "kill-server"]
        subprocess.run(command, check=False, capture_output=True)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """tmux key names: Enter, Escape, C-c ..."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

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
    return f"{quoted}; echo ended with $?; exec /bin/sh"
