"""A source to read: our solution, or a kept version of the learner's file."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.highlight import highlight
from textual.widget import Widget
from textual.widgets import Static

from tutor.tui.keys import bindings
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.text import clean
from tutor.tui.widgets.title_line import Title


class SourceScreen(ScrolledScreen):
    """Python, coloured, with its line numbers."""

    PLACE = "source"
    CSS_PATH = "../styles/source.tcss"
    BINDINGS = bindings("source")
    AUTO_FOCUS = "#source"

    def __init__(self, title: Title, source: str) -> None:
        super().__init__()
        self._title = title
        self._source = clean(source)

    def body(self) -> ComposeResult:
        numbers = "\n".join(str(n) for n in range(1, self._source.count("\n") + 2))
        with VerticalScroll(id="source"):
            yield Static(numbers, id="numbers", markup=False)
            yield Static(highlight(self._source, language="python"), id="code", markup=False)

    @property
    def scrolled(self) -> Widget:
        return self.query_one("#source")

    def title_now(self) -> Title:
        return self._title
