"""A terminal for a test, closed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.tmux import Tmux, tutor_command

Open = Callable[..., Tmux]


@pytest.fixture
def open_tutor(tmp_path: Path) -> Iterator[Open]:
    """Start the tutor in a terminal: `open_tutor((80, 24), EDITOR="true")`."""
    opened: list[Tmux] = []

    def open_one(size: tuple[int, int] = (80, 24), **environment: str) -> Tmux:
        variables = {"COLORTERM": "truecolor", "SHELL": "/bin/sh", "PS1": "$ ", **environment}
        terminal = Tmux(tutor_command(tmp_path / "my work"), size, variables)
        opened.append(terminal)
        return terminal

    yield open_one
    for terminal in opened:
        terminal.close()
