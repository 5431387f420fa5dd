"""An exercise: what is asked on one side, what the last save was worth on the other."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from tutor.session import Ladder, Session
from tutor.spec import Brief
from tutor.tui import itinerary
from tutor.tui.desk import CheckState
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.screens.exercise_actions import ExerciseActions
from tutor.tui.text import clock, short_path
from tutor.tui.widgets.brief_pane import BriefPane
from tutor.tui.widgets.hints_pane import HintsPane
from tutor.tui.widgets.lesson_end import next_words
from tutor.tui.widgets.pane_tabs import PANES, PaneTabs
from tutor.tui.widgets.title_line import Title
from tutor.tui.widgets.verdict_pane import VerdictPane
from tutor.tui.widgets.verdict_text import one_word

_WIDE = 110


class ExerciseScreen(ExerciseActions, ScrolledScreen):
    """One exercise. Two halves where there is room, one part at a time elsewhere."""

    PLACE = "exercise"
    CSS_PATH = "../styles/exercise.tcss"
    BINDINGS = bindings("exercise")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's
    AUTO_FOCUS = "#task"

    def __init__(self, session: Session, exercise: str, brief: Brief, ladder: Ladder) -> None:
        super().__init__(session, exercise, ladder)
        self._brief = brief
        self._pane = PANES[0]

    def body(self) -> ComposeResult:
        yield PaneTabs()
        with Horizontal(id="halves"):
            with VerticalScroll(id="task"):
                yield BriefPane(self._brief)
                yield HintsPane()
            yield VerdictPane(id="verdict")

    def on_mount(self) -> None:
        super().on_mount()
        self.show_ladder(self.ladder, forward=False)
        self._show_state(self.state)
        self.action_pane(self._pane)

    # -- what the app tells ---------------------------------------------------------------------

    def title_now(self) -> Title:
        level = self._session.exercise(self.exercise).level
        path = self._session.path(self.exercise)
        parts = (f"level {level}",) if level else ()
        try:
            saved = f"saved {clock(path.stat().st_mtime)}"
        except OSError:
            saved = "no file"
        short = (*parts, f"{path.parent.name}/{path.name}")
        return Title(self.exercise, (*parts, short_path(path)), saved, short)

    def watch_disk_sha256(self) -> None:
        self.show_title()

    def watch_overview(self) -> None:
        super().watch_overview()
        self._tell_following()

    def _tell_following(self) -> None:
        if self.overview is not None:
            stop = itinerary.after(self.overview, "exercise", self.exercise)
            for pane in self.query(VerdictPane):
                pane.following = next_words(stop)

    def watch_state(self, before: CheckState | None, state: CheckState | None) -> None:
        """Show how the check stands; a new verdict comes to the front and may open a hint."""
        if not self.stands:
            return
        self._show_state(state)
        if before is not None and before.checking and state is not None and not state.checking:
            self.action_pane("verdict")
            self.query_one(VerdictPane).scroll_home(animate=False)
            self.look_at_ladder()

    def _show_state(self, state: CheckState | None) -> None:
        self._tell_following()
        self.show_title()
        self.query_one(VerdictPane).state = state
        self.query_one(PaneTabs).verdict = one_word(state)

    # -- parts of the screen --------------------------------------------------------------------

    def action_pane(self, pane: str) -> None:
        """Bring one part to the front, and give it the scroll keys."""
        self._pane = pane
        self.query_one(PaneTabs).pane = pane
        for each in PANES:
            self.set_class(each == pane, f"-{each}")
        self.set_focus(self.scrolled, scroll_visible=False)
        if pane == "hints" and self.has_class("-wide"):
            self.query_one("#task").scroll_to_widget(self.query_one(HintsPane), animate=False)

    def action_next_pane(self) -> None:
        self.action_pane(PANES[(PANES.index(self._pane) + 1) % len(PANES)])

    @on(PaneTabs.Picked)
    def _pick(self, event: PaneTabs.Picked) -> None:
        self.action_pane(event.pane)

    @property
    def scrolled(self) -> Widget:
        name = "#verdict" if self._pane == "verdict" else "#task"
        return self.query_one(name)

    # -- hints ----------------------------------------------------------------------------------

    def show_ladder(self, ladder: Ladder, *, forward: bool) -> None:
        """The hints as they stand; `forward` brings them to the front."""
        pane = self.query_one(HintsPane)
        pane.ladder = ladder
        pane.insisting = self.insisting
        self.query_one(PaneTabs).hints = f"{len(ladder.shown)} of {ladder.total}"
        if forward:
            self.action_pane("hints")
            self.afterwards(self._show_newest_hint)

    def _show_newest_hint(self) -> None:
        self.query_one("#task").scroll_end(animate=False)
