"""The app: it opens screens, has checks run, and tells screens what came of them."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress

from textual import on, work
from textual.app import App
from textual.events import AppFocus
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import get_current_worker

from tutor.errors import EXIT_PASSED, TutorError
from tutor.report import report
from tutor.session import Overview, Session
from tutor.tui import itinerary, opening, theme
from tutor.tui.checks import Checked, Checks
from tutor.tui.desk import CheckState, Ticket
from tutor.tui.engine import Engine
from tutor.tui.keys import EVERYWHERE
from tutor.tui.problem import Problem, problem_of
from tutor.tui.screens.base import ExerciseBound, TutorScreen
from tutor.tui.screens.map import MapScreen
from tutor.tui.screens.problem import ProblemScreen


class TutorApp(App[None]):
    """bp-tutor on a terminal."""

    TITLE = "bp-tutor"
    CSS_PATH = "styles/shared.tcss"
    BINDINGS = EVERYWHERE
    ENABLE_COMMAND_PALETTE = False

    overview: reactive[Overview | None] = reactive(None, init=False)

    class Prepared(Message):
        """The workspace stands, or cannot be made."""

        def __init__(self, notices: tuple[str, ...], problem: Problem | None) -> None:
            super().__init__()
            self.notices = notices
            self.problem = problem

    class FileSaved(Message):
        """The watcher saw new content of this file."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class OverviewRead(Message):
        """The course as it stands now."""

        def __init__(self, overview: Overview) -> None:
            super().__init__()
            self.overview = overview

    def __init__(
        self, session: Session, *, new_ticket: Callable[[], Ticket] | None = None
    ) -> None:
        super().__init__()
        self._session = session
        self._checks = Checks(self, session, new_ticket or _cancellation, self._tell_state)
        self._engine = Engine(session, lambda name: self._pass_on(self.FileSaved(name)))
        self._ready = False
        self._waiting: Callable[[], None] | None = None
        self.crash: BaseException | None = None

    def _pass_on(self, message: Message) -> None:
        self.post_message(message)
