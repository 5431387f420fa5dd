"""What an exercise asks."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from tutor.spec import Brief
from tutor.tui.widgets.prose import Prose


class BriefPane(Vertical):
    """The brief of one exercise."""

    def __init__(self, brief: Brief) -> None:
        super().__init__()
        self._brief = brief

    def compose(self) -> ComposeResult:
        yield Prose(f"# {self._brief.title}\n\n{self._brief.text}")
