"""Between the checks and the screens: a save leads to a check, a check to what a screen shows."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.events import AppFocus
from textual.message import Message

from tutor.errors import TutorError
from tutor.report import report
from tutor.session import Session
from tutor.tui.checks import Checked, Checks, LookedFurther
from tutor.tui.desk import CheckState, Ticket
from tutor.tui.navigator import Navigator
from tutor.tui.problem import problem_of
from tutor.tui.screens.base import ExerciseBound


class CheckingApp(Navigator):
    """Has files checked, and tells each screen how its exercise stands."""

    class FileSaved(Message):
        """The watcher saw new content of this file."""

        def __init__(self, exercise: str) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, session: Session, new_ticket: Callable[[], Ticket]) -> None:
        super().__init__(session)
        self._checks = Checks(self, session, new_ticket, self._tell_state)

    def file_was_saved(self, exercise: str) -> None:
        """The watcher says so, from its thread."""
        self.post_message(self.FileSaved(exercise))

    def opened(self, screen: ExerciseBound) -> None:
        """Tell the screen how its exercise stands; a file edited meanwhile is checked."""
        name = screen.exercise
        try:
            screen.disk_sha256 = self._checks.sha256(name)
            screen.state = self._checks.recall(name)
            if screen.state.verdict is None and self._was_edited(name):
                self._checks.want(name, anew=False)
        except TutorError as error:
            self.tell_problem(problem_of(error))

    def _was_edited(self, name: str) -> bool:
        source = self._session.workspace.read_if_any(name)
        return source is not None and source != self._session.course.stub(name)

    def on_app_focus(self, _: AppFocus) -> None:
        """Back from another window: look, in case the watcher could not see the save."""
        if isinstance(self.screen, ExerciseBound):
            self.opened(self.screen)

    @on(FileSaved)
    def _check_saved(self, event: FileSaved) -> None:
        name = event.exercise
        if name not in self._session.course.exercises:
            return
        for screen in self._about(name):
            screen.disk_sha256 = self._checks.sha256(name)
        self._checks.want(name, anew=False)

    @on(ExerciseBound.CheckWanted)
    def _check(self, event: ExerciseBound.CheckWanted) -> None:
        for screen in self._about(event.exercise):
            screen.disk_sha256 = self._checks.sha256(event.exercise)
        self._checks.want(event.exercise, anew=event.anew)

    @on(Checked)
    def _take_result(self, event: Checked) -> None:
        overview, before = event.result.overview, self.overview
        rose = overview is not None and before is not None and overview.level > before.level
        state = self._checks.finish(
            event.result,
            level=overview.levels[overview.level - 1] if rose and overview is not None else None,
        )
        if state is None:
            return
        if overview is not None:
            self.overview = overview
        if not self._about(state.name):
            self._toast(state)

    @on(LookedFurther)
    def _take_further(self, event: LookedFurther) -> None:
        self._checks.deepen(event.verdict)

    def _toast(self, state: CheckState) -> None:
        """A word about an exercise that is not on the screen."""
        if state.problem is not None:
            self.notify(f"{state.name}: {state.problem.message}", markup=False)
        elif state.verdict is not None:
            told = report(state.verdict)
            self.notify(f"{state.name}: {told.headline}, {told.size}", markup=False)

    def _tell_state(self, state: CheckState) -> None:
        for screen in self._about(state.name):
            screen.state = state

    def _about(self, name: str) -> list[ExerciseBound]:
        stack = self.screen_stack
        return [s for s in stack if isinstance(s, ExerciseBound) and s.exercise == name]
