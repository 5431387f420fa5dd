"""All keys, made from the table that also makes them work."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tutor.tui.keys import PLACES, bindings, told
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.widgets.title_line import Title


class HelpScreen(ScrolledScreen):
    """The keys of the place that the learner came from, then all the others."""

    PLACE = "help"
    CSS_PATH = "../styles/help.tcss"
    BINDINGS = bindings("help")
    AUTO_FOCUS = "#keys"

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def body(self) -> ComposeResult:
        with VerticalScroll(id="keys"):
            yield from _section(self._place)
            for place in PLACES:
                if place not in (self._place, "help"):
                    yield from _section(place)

    @property
    def scrolled(self) -> Widget:
        return self.query_one("#keys")

    def title_now(self) -> Title:
        return Title("Help", ("all keys",))


def _section(place: str) -> Iterator[Widget]:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True, width=7)
    table.add_column(no_wrap=True, width=16)
    table.add_column()
    for key in told(place):
        table.add_row(key.shown, key.label, key.tooltip)
    yield Static(PLACES[place].title, classes="help-title", markup=False)
    yield Static(table, classes="help-keys")
