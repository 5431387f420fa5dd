"""An exercise: what is asked on one side, what the last save was worth on the other."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from tutor.session import Ladder, Session
from tutor.spec import Brief
from tutor.tui import itinerary
from tutor.tui.desk import CheckState
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ExerciseBound, ScrolledScreen
from tutor.tui.screens.choice import ChoiceScreen, Question
from tutor.tui.text import clock, short_path
from tutor.tui.widgets.brief_pane import BriefPane
from tutor.tui.widgets.hints_pane import HintsPane
from tutor.tui.widgets.lesson_end import next_words
from tutor.tui.widgets.pane_tabs import PANES, PaneTabs
from tutor.tui.widgets.title_line import Title
from tutor.tui.widgets.verdict_pane import VerdictPane, one_word

_WIDE = 110

_RESET = Question(
    "Start over with the file as it first was?",
    "Your file as it is now is kept among the attempts (d), and can be brought back.",
    (("", "No, keep my file"), ("reset", "Yes, start over")),
)
_REVEAL = Question(
    "Show our solution?",
    "It is kept that you have seen it before you passed. You can still pass afterwards.",
    (("", "No, not yet"), ("show", "Yes, show it")),
)


class ExerciseScreen(ExerciseBound, ScrolledScreen):
    """One exercise. Two halves where there is room, one part at a time elsewhere."""

    PLACE = "exercise"
    CSS_PATH = "../styles/exercise.tcss"
    BINDINGS = bindings("exercise")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    AUTO_FOCUS = "#task"

    class EditWanted(Message):
        """The file should be opened: in the learner's editor, or inside the tutor."""

        def __init__(self, exercise: str, *, inside: bool) -> None:
            super().__init__()
            self.exercise = exercise
            self.inside = inside

    class AttemptsWanted(Message):
        """The kept versions should be shown."""

        def __init__(self, exercise: str) -> None:
            super().__init__()
            self.exercise = exercise

    class SolutionOpened(Message):
        """The solution was revealed; None where it is still locked."""

        def __init__(self, exercise: str, source: str | None) -> None:
            super().__init__()
            self.exercise = exercise
            self.source = source

    class LadderChanged(Message):
        """The hints stand like this; `opened` when a new one is among them."""

        def __init__(self, ladder: Ladder, *, opened: bool) -> None:
            super().__init__()
            self.ladder = ladder
            self.opened = opened

    class WasReset(Message):
        """The first version of the file is back."""

    def __init__(self, session: Session, exercise: str, brief: Brief, ladder: Ladder) -> None:
        super().__init__(exercise)
        self._session = session
        self._brief = brief
        self._ladder = ladder
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
        self._show_ladder(self._ladder)
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
        return Title(self.exercise, (*parts, short_path(path)), saved)

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
        if not self.is_mounted:
            return
        self._tell_following()
        self.show_title()
        self.query_one(VerdictPane).state = state
        self.query_one(PaneTabs).verdict = one_word(state)
        if before is not None and before.checking and state is not None and not state.checking:
            self.action_pane("verdict")
            self.query_one(VerdictPane).scroll_home(animate=False)
            self._look_at_ladder()

    # -- parts of the screen --------------------------------------------------------------------

    def action_pane(self, pane: str) -> None:
        """Bring one part to the front, and give it the scroll keys."""
        self._pane = pane
        self.query_one(PaneTabs).pane = pane
        for each in PANES:
            self.set_class(each == pane, f"-{each}")
        self.scrolled.focus(scroll_visible=False)
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

    # -- the file -------------------------------------------------------------------------------

    def action_check(self) -> None:
        self.post_message(self.CheckWanted(self.exercise, anew=True))

    def action_edit(self) -> None:
        self.post_message(self.EditWanted(self.exercise, inside=False))

    def action_inside(self) -> None:
        self.post_message(self.EditWanted(self.exercise, inside=True))

    def action_attempts(self) -> None:
        self.post_message(self.AttemptsWanted(self.exercise))

    def action_reset(self) -> None:
        self.app.push_screen(ChoiceScreen(_RESET), self._reset)

    def _reset(self, answer: str | None) -> None:
        if answer != "reset":
            return

        def put_back() -> Message:
            self._session.reset(self.exercise)
            return self.WasReset()

        self.do(put_back)

    @on(WasReset)
    def _check_stub(self) -> None:
        self.notify("The first version is back. What was there is among the attempts (d).")
        self.post_message(self.CheckWanted(self.exercise, anew=False))

    # -- hints and the solution -----------------------------------------------------------------

    def _look_at_ladder(self) -> None:
        self.do(lambda: self.LadderChanged(self._session.ladder(self.exercise), opened=False))

    def action_hint(self) -> None:
        """Open the next hint; before a locked one, say what opens it, and give in the next time."""
        pane = self.query_one(HintsPane)
        anyway, name = pane.insisting, self.exercise

        def take() -> Message:
            hint = self._session.take_hint(name, anyway=anyway)
            return self.LadderChanged(self._session.ladder(name), opened=hint is not None)

        locked = self._ladder.shown != () or self._ladder.total > 0
        pane.insisting = locked and not self._ladder.next_hint.open and not anyway
        self.do(take)

    @on(LadderChanged)
    def _take_ladder(self, event: LadderChanged) -> None:
        pane = self.query_one(HintsPane)
        self._show_ladder(event.ladder)
        if event.opened:
            pane.insisting = False
            self.post_message(self.ProgressMade())
        if event.opened or pane.insisting:
            self.action_pane("hints")
            self.call_after_refresh(self._show_newest_hint)

    def _show_newest_hint(self) -> None:
        self.query_one("#task").scroll_end(animate=False)

    def _show_ladder(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self.query_one(HintsPane).ladder = ladder
        self.query_one(PaneTabs).hints = f"{len(ladder.shown)} of {ladder.total}"

    def action_solution(self) -> None:
        """Say what opens the solution, ask before the first look, or show it."""
        standing = self._session.standing(self.exercise)
        if not self._ladder.solution.open:
            self.notify(self._ladder.solution.says)
        elif standing.revealed or standing.status == "passed":
            self._reveal("show")
        else:
            self.app.push_screen(ChoiceScreen(_REVEAL), self._reveal)

    def _reveal(self, answer: str | None) -> None:
        if answer == "show":
            name = self.exercise
            self.do(lambda: self.SolutionOpened(name, self._session.solution(name)))

    # -- elsewhere ------------------------------------------------------------------------------

    def action_lesson(self) -> None:
        lesson = next(
            (e.name for e in self._session.course.lessons if self.exercise in e.exercises), ""
        )
        if lesson:
            self.post_message(self.Chosen("lesson", lesson))

    def action_next(self) -> None:
        self.post_message(self.NextChosen("exercise", self.exercise))
