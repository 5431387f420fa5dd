"""An exercise: what is asked on one side, what the last save was worth on the other."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from tutor import itinerary
from tutor.session import Ladder, Session
from tutor.spec import Brief
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
        self._pane = PANES[0]
        self._tabs = PaneTabs()
        self._hints = HintsPane()
        self._assignment = VerticalScroll(BriefPane(brief), self._hints, id="task")
        self._verdict = VerdictPane(id="verdict")

    def body(self) -> ComposeResult:
        yield self._tabs
        yield Horizontal(self._assignment, self._verdict, id="halves")

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
            self._verdict.following = next_words(stop)

    def watch_state(self, before: CheckState | None, state: CheckState | None) -> None:
        """Show how the check stands; a new verdict comes to the front and may open a hint."""
        if not self.stands:
            return
        self._show_state(state)
        if before is not None and before.checking and state is not None and not state.checking:
            self.action_pane("verdict")
            self._verdict.scroll_home(animate=False)
            self.look_at_ladder()

        elif state is not None and before is not None and before.search and not state.checking:
            self.look_at_ladder()  # another hint may fit
        elif state is not None and state.curves and before is not None and not before.curves:
            self.action_pane("verdict")  # something moves there
            self._verdict.scroll_home(animate=False)

    @on(VerdictPane.FoundAbove)
    def _say_found(self) -> None:
        self.notify("The cause is found: it stands above. Home goes there.")

    def _show_state(self, state: CheckState | None) -> None:
        self._tell_following()
        self.show_title()
        self._verdict.state = state
        self._tabs.verdict = one_word(state)

    # -- parts of the screen --------------------------------------------------------------------

    def action_pane(self, pane: str) -> None:
        """Bring one part to the front, and give it the scroll keys."""
        self._pane = pane
        self._tabs.pane = pane
        for each in PANES:
            self.set_class(each == pane, f"-{each}")
        self.set_focus(self.scrolled, scroll_visible=False)
        if pane == "hints" and self.has_class("-wide"):
            self._assignment.scroll_to_widget(self._hints, animate=False)

    def action_next_pane(self) -> None:
        self.action_pane(PANES[(PANES.index(self._pane) + 1) % len(PANES)])

    @on(PaneTabs.Picked)
    def _pick(self, event: PaneTabs.Picked) -> None:
        self.action_pane(event.pane)

    @property
    def scrolled(self) -> Widget:
        return self._verdict if self._pane == "verdict" else self._assignment

    # -- hints ----------------------------------------------------------------------------------

    def show_ladder(self, ladder: Ladder, *, forward: bool) -> None:
        """The hints as they stand; `forward` brings them to the front."""
        self._hints.ladder = ladder
        self._verdict.ladder = ladder
        self._hints.insisting = self.insisting
        self._tabs.hints = f"{len(ladder.shown)} of {ladder.total}"
        if forward:
            self.action_pane("hints")
            self.afterwards(self._show_newest_hint)

    def _show_newest_hint(self) -> None:
        self._assignment.scroll_end(animate=False)
