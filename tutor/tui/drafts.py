"""Text that is typed but not saved: whatever ends the tutor, it is kept among the attempts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from tutor.session import Session

if TYPE_CHECKING:
    from tutor.tui.screens.edit import EditScreen


def unsaved_drafts(stack: Sequence[Screen[object]]) -> list[EditScreen]:
    """The editors on the stack with unsaved text."""
    return [screen for screen in stack if getattr(screen, "unsaved", None) is not None]  # type: ignore[misc]


def keep_drafts(session: Session, stack: Sequence[Screen[object]]) -> None:
    """Keep the unsaved text of every editor, so that `d` can bring it back."""
    for screen in unsaved_drafts(stack):
        if screen.unsaved is not None:
            session.keep_draft(screen.exercise, screen.unsaved)
