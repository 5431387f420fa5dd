"""The learner's file in an editor inside the tutor, with the verdict beside it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static, TextArea

from tutor.tui.desk import CheckState
from tutor.tui.keys import bindings
from tutor.tui.screens.saving import SavingScreen
from tutor.tui.widgets.code_area import CodeArea, text_for_editing
from tutor.tui.widgets.title_line import Title
from tutor.tui.widgets.verdict_pane import VerdictPane
from tutor.tui.widgets.verdict_text import one_line


class EditScreen(SavingScreen):
    """Python with colours, a cursor, and the verdict of the last save."""

    PLACE = "editor"
    CSS_PATH = "../styles/edit.tcss"
    BINDINGS = bindings("editor")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]  # noqa: RUF012 - Textual's
    AUTO_FOCUS = "CodeArea"

    def body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            text = text_for_editing(self._base) or ""
            yield CodeArea.with_source(text, plain=self.app.native_ansi_color)
            yield VerdictPane(id="verdict")
        yield Static("", id="verdict-line", markup=False)

    def title_now(self) -> Title:
        row, column = self._area.cursor_location if self._area else (0, 0)
        place = f"line {row + 1}, column {column + 1}"
        words = "not saved" if self.unsaved is not None else "saved"
        return Title(self.exercise, ("editing", place), words)

    @property
    def _area(self) -> CodeArea | None:
        return next(iter(self.query(CodeArea)), None)

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _retitle(self) -> None:
        self.show_title()

    def on_mount(self) -> None:
        super().on_mount()
        self._show_state(self.state)

    def watch_state(self, state: CheckState | None) -> None:
        self._show_state(state)

    def _show_state(self, state: CheckState | None) -> None:
        for pane in self.query(VerdictPane):
            pane.state = state
        for line in self.query("#verdict-line").results(Static):
            line.update(one_line(state))

    # -- the text -------------------------------------------------------------------------------

    def written(self) -> bytes:
        area = self._area
        return self._base if area is None else area.text.encode("utf-8", "surrogatepass")

    def show_text(self, source: bytes) -> None:
        text, area = text_for_editing(source), self._area
        if text is None or area is None:
            saying = "The file now holds what this editor cannot show. Use your own editor."
            self.post_message(self.Left(self, saying))
            return
        place = area.cursor_location
        area.load_text(text)
        area.move_cursor(place)
        self.show_title()
