"""Hands the terminal to the learner's editor, or has it open its own window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from tutor.errors import TutorError, WorkspaceError
from tutor.workspace.editor import Editor, find_editor, open_file


def _editor() -> Editor:
    editor = find_editor(os.environ)
    if editor is None:
        raise WorkspaceError(
            "No editor was found.",
            hint="Set EDITOR to one, or go back (Esc) and press i to edit here.",
        )
    return editor


def has_window() -> bool:
    """Whether the learner's editor opens a window of its own; `WorkspaceError` without one."""
    return _editor().windowed


def open_window(path: Path, line: int | None) -> None:
    """Start the editor beside the tutor; `WorkspaceError` when it does not start."""
    open_file(_editor(), path, line)


def lend_terminal(app: App[Any], path: Path, line: int | None) -> None:
    """Give the terminal to the editor until it is closed; `WorkspaceError` when it does not start.

    The tutor's screen comes back in any case: `App.suspend` would not see to that by itself.
    """
    editor, failure = _editor(), None
    try:
        with app.suspend():
            try:
                open_file(editor, path, line)
            except TutorError as error:
                failure = error
    except SuspendNotSupported:
        failure = WorkspaceError(
            "The terminal cannot be lent to an editor here.", hint="Press i to edit here."
        )
    if failure is not None:
        raise failure
