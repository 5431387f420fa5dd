"""What can be done with an exercise: its file, its hints, its solution, and where to go from it."""

from __future__ import annotations

from textual import on
from textual.message import Message

from tutor import itinerary
from tutor.errors import TutorError
from tutor.progress.rules import Status
from tutor.session import Ladder, Session
from tutor.tui.launch import has_window, lend_terminal, open_window
from tutor.tui.problem import problem_of
from tutor.tui.screens.base import ExerciseBound
from tutor.tui.screens.choice import ChoiceScreen, Question
from tutor.tui.widgets.title_line import Title

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


class ExerciseActions(ExerciseBound):
    """The verbs of the exercise screen."""

    class Revealed(Message):
        """The solution was shown; None where it is still locked."""

        def __init__(self, source: str | None) -> None:
            super().__init__()
            self.source = source

    class LadderChanged(Message):
        """The hints stand like this, after one was `asked` for, and `opened` or not."""

        def __init__(self, ladder: Ladder, *, asked: bool, opened: bool) -> None:
            super().__init__()
            self.ladder = ladder
            self.asked = asked
            self.opened = opened

    class EditorOpened(Message):
        """The learner's editor stands beside the tutor, or has been closed again."""

    class WasReset(Message):
        """The first version of the file is back; what was there is `kept`, if it was another."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self, session: Session, exercise: str, ladder: Ladder) -> None:
        super().__init__(exercise)
        self._session = session
        self.ladder = ladder
        self.insisting = False

    # -- the file -------------------------------------------------------------------------------

    def action_check(self) -> None:
        self.post_message(self.CheckWanted(self.exercise, anew=True))

    def action_edit(self) -> None:
        """Open the learner's own editor, at the line of the first finding that has one."""
        path, line = self._session.path(self.exercise), self._line_to_mend()

        def opened() -> Message:
            open_window(path, line)
            return self.EditorOpened()

        try:
            if has_window():
                self.do(opened)
            else:
                lend_terminal(self.app, path, line)
                self.post_message(self.EditorOpened())
        except TutorError as error:
            self.post_message(self.Failed(problem_of(error)))

    def _line_to_mend(self) -> int | None:
        state = self.state
        if state is None or state.verdict is None or state.checking:
            return None
        frames = (f for finding in state.verdict.findings for f in finding.frames[-1:])
        return next((frame.line for frame in frames if not frame.file), None)

    @on(EditorOpened)
    def _look_at_file(self) -> None:
        self.post_message(self.CheckWanted(self.exercise, anew=False))

    def action_inside(self) -> None:
        self.post_message(self.EditWanted(self.exercise))

    def action_attempts(self) -> None:
        self.post_message(self.HistoryWanted(self.exercise))

    def action_reset(self) -> None:
        self.app.push_screen(ChoiceScreen(_RESET), self._reset)

    def _reset(self, answer: str | None) -> None:
        if answer != "reset":
            return

        def put_back() -> Message:
            return self.WasReset(kept=self._session.reset(self.exercise) is not None)

        self.do(put_back)

    @on(WasReset)
    def _check_stub(self, event: WasReset) -> None:
        kept = "What was there is among the attempts (d)." if event.kept else ""
        self.notify(f"The first version is back. {kept}" if kept else "It is the first version.")
        self.post_message(self.CheckWanted(self.exercise, anew=False))

    # -- hints and the solution -----------------------------------------------------------------

    def show_ladder(self, ladder: Ladder, *, forward: bool) -> None:
        """The hints as they stand; `forward` brings them to the front."""
        raise NotImplementedError

    def look_at_ladder(self) -> None:
        """A check may have opened the next hint."""
        name = self.exercise
        self.do(lambda: self.LadderChanged(self._session.ladder(name), asked=False, opened=False))

    def action_hint(self) -> None:
        """Open the next hint; before a locked one, say what opens it, and give in the next time."""
        name, anyway = self.exercise, self.insisting

        def take() -> Message:
            hint = self._session.take_hint(name, anyway=anyway)
            ladder = self._session.ladder(name)
            return self.LadderChanged(ladder, asked=True, opened=hint is not None)

        self.do(take)

    @on(LadderChanged)
    def _take_ladder(self, event: LadderChanged) -> None:
        if not self.stands:
            return
        self.ladder = event.ladder
        self.insisting = event.asked and not event.opened
        self.show_ladder(event.ladder, forward=event.asked)
        if event.opened:
            self.post_message(self.ProgressMade())

    def action_solution(self) -> None:
        """Say what opens the solution, ask before the first look, or show it."""
        standing = itinerary.standing(self.overview, self.exercise)
        if not self.ladder.solution.open:
            self.notify(self.ladder.solution.says)
        elif standing is not None and standing.status in (Status.REVEALED, Status.PASSED):
            self._reveal("show")
        else:
            self.app.push_screen(ChoiceScreen(_REVEAL), self._reveal)

    def _reveal(self, answer: str | None) -> None:
        if answer == "show":
            self.do(lambda: self.Revealed(self._session.solution(self.exercise)))

    @on(Revealed)
    def _show_solution(self, event: Revealed) -> None:
        if event.source is None:
            self.notify(self.ladder.solution.says)
            return
        self.post_message(self.SourceWanted(Title(self.exercise, ("our solution",)), event.source))
        self.post_message(self.ProgressMade())

    # -- elsewhere ------------------------------------------------------------------------------

    def action_lesson(self) -> None:
        """Where the mistake is explained, else the lesson of this exercise."""
        readings = self._readings()
        if len(readings) > 1:
            question = Question("Where do you want to read?", "", tuple(readings.items()))
            self.app.push_screen(ChoiceScreen(question), self._read_chosen)
            return
        lessons = (e.name for e in self._session.course.lessons if self.exercise in e.exercises)
        link = next(iter(readings), "") or next(lessons, "")
        if link:
            self.action_read(link)

    def _readings(self) -> dict[str, str]:
        """What the causes on the screen name, by link."""
        verdict = self.state.verdict if self.state is not None else None
        diagnoses = verdict.diagnoses if verdict is not None else ()
        return {each.read: each.reading.replace("`", "") for each in diagnoses if each.reading}

    def _read_chosen(self, link: str | None) -> None:
        if link:
            self.action_read(link)

    def action_read(self, link: str) -> None:
        """Open a lesson, or a section of one, above the exercise."""
        self.post_message(self.ReadingWanted(self, link))

    def action_next(self) -> None:
        self.post_message(self.NextChosen("exercise", self.exercise))
