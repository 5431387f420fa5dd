"""The app: it makes the workspace ready, has checks run, and ends well."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tutor.errors import EXIT_PASSED, TutorError
from tutor.session import Overview, Session
from tutor.tui.checking_app import CheckingApp
from tutor.tui.desk import Ticket
from tutor.tui.drafts import keep_drafts, unsaved_drafts
from tutor.tui.engine import Engine
from tutor.tui.problem import Problem, problem_of
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.problem import ProblemScreen

EXIT_HUNG_UP = 129  # what a shell reports for a program that lost its terminal


class TutorApp(CheckingApp):
    """bp-tutor on a terminal."""

    TITLE = "bp-tutor"
    CSS_PATH: ClassVar = ["styles/shared.tcss", "styles/map.tcss"]  # the first screen's with it
    ENABLE_COMMAND_PALETTE = False

    class Prepared(Message):
        """The workspace stands, or cannot be made."""

        def __init__(self, notices: tuple[str, ...], problem: Problem | None) -> None:
            super().__init__()
            self.notices = notices
            self.problem = problem

    class OverviewRead(Message):
        """The course as it stands now."""

        def __init__(self, overview: Overview) -> None:
            super().__init__()
            self.overview = overview

    def __init__(self, session: Session, *, new_ticket: Callable[[], Ticket] | None = None) -> None:
        super().__init__(session, new_ticket or _cancellation)
        self._engine = Engine(session, self.file_was_saved)
        self.crash: Exception | None = None

    @property
    def is_watching(self) -> bool:
        """Whether saves are seen from now on."""
        return self._engine.is_watching

    # -- the beginning --------------------------------------------------------------------------

    def on_mount(self) -> None:
        self._end_on_signals()
        self._read_now()
        self.call_after_refresh(self._start_engine)

    def _read_now(self) -> None:
        """The overview of the first screen: it is what is waited for, so no thread reads it."""
        try:
            self.overview = self._session.overview()
        except TutorError as error:
            self.tell_problem(problem_of(error))

    @work(thread=True, exit_on_error=False, group="engine")
    def _start_engine(self) -> None:
        """What may take its time: it begins when the first screen stands."""
        try:
            prepared = self.Prepared(self._engine.prepare(), None)
        except Exception as error:  # noqa: BLE001 - told on the screen
            prepared = self.Prepared((), problem_of(error))
        self.post_message(prepared)
        if prepared.problem is None:
            try:
                self._engine.start()
            except Exception as error:  # noqa: BLE001 - told on the screen
                self.post_message(TutorScreen.Failed(problem_of(error)))

    @on(Prepared)
    def _tell_notices(self, event: Prepared) -> None:
        for notice in event.notices:
            self.give_notice(notice)
        if event.problem is not None:
            self.push(ProblemScreen("Your workspace", event.problem))
        self.make_ready()

    # -- progress -------------------------------------------------------------------------------

    @on(TutorScreen.ProgressMade)
    @work(thread=True, exclusive=True, exit_on_error=False, group="overview")
    def _read_overview(self) -> None:
        worker = get_current_worker()
        overview = self._session.overview()
        if not worker.is_cancelled:
            self.post_message(self.OverviewRead(overview))

    @on(OverviewRead)
    def _take_overview(self, event: OverviewRead) -> None:
        self.overview = event.overview

    # -- the end --------------------------------------------------------------------------------

    def action_interrupt(self) -> None:
        """Ctrl-C copies what is selected while typing, and quits otherwise."""
        selected = getattr(self.focused, "selected_text", "")
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Quit. Unsaved text is asked about once; the second time it is kept as a version."""
        drafts = unsaved_drafts(self.screen_stack)
        if drafts and self.screen is drafts[0]:
            drafts[0].ask_before_leaving()
        else:
            self.leave_now()

    @on(TutorScreen.LeaveWanted)
    def leave_now(self) -> None:
        """Quit, unless unsaved text cannot be kept."""
        try:
            keep_drafts(self._session, self.screen_stack)
        except TutorError as error:
            self.tell_problem(problem_of(error))
        else:
            self.exit(return_code=EXIT_PASSED)

    def _end_on_signals(self) -> None:
        """`kill` ends the tutor like `q`; a closed window ends it at once."""
        loop = asyncio.get_running_loop()
        for name, end in (("SIGTERM", self.leave_now), ("SIGHUP", self._hang_up)):
            if hasattr(signal, name):
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(getattr(signal, name), end)

    def _hang_up(self) -> None:
        """The terminal is gone. Textual's farewell to it would wait for ever to be written."""
        with suppress(Exception):
            keep_drafts(self._session, self.screen_stack)
        self._checks.stop()
        self._session.close()
        os._exit(EXIT_HUNG_UP)

    def on_unmount(self) -> None:
        self._checks.stop()
        self._engine.stop()

    def _handle_exception(self, error: Exception) -> None:
        self.crash = self.crash or error
        with suppress(Exception):
            keep_drafts(self._session, self.screen_stack)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's pages of local variables; `run` passes the error on."""
        self.panic()


def _cancellation() -> Ticket:
    from tutor.checking.checker import Cancellation  # numpy: only for who checks

    return Cancellation()


def run(session: Session) -> int:
    """Open the screen; returns an exit code when the learner leaves.

    An unexpected exception is raised from here when the terminal is itself again.
    """
    app = TutorApp(session)
    app.run()
    if app.crash is not None:
        raise app.crash
    return app.return_code or EXIT_PASSED
