"""Which screen is shown: every wish of a screen to go somewhere is answered here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.reactive import reactive
from textual.screen import Screen

from tutor import itinerary
from tutor.itinerary import Kind
from tutor.session import Overview, Session
from tutor.tui import opening
from tutor.tui.keys import EVERYWHERE
from tutor.tui.problem import Problem
from tutor.tui.screens.base import ExerciseBound, TutorScreen
from tutor.tui.screens.map import MapScreen
from tutor.tui.screens.problem import ProblemScreen
from tutor.tui.theme import QUIET, SIXTEEN, has_few_colours

if TYPE_CHECKING:
    from tutor.tui.widgets.prose import Prose


class Navigator(App[None]):
    """The map lies at the bottom; a lesson or an exercise on it; everything else above."""

    BINDINGS = EVERYWHERE

    overview: reactive[Overview | None] = reactive(None, init=False)

    def __init__(self, session: Session) -> None:
        few = has_few_colours(os.environ)
        super().__init__(ansi_color=few)
        for theme in (QUIET, SIXTEEN):
            self.register_theme(theme)
        self.theme = (SIXTEEN if few else QUIET).name
        self._session = session
        self._notices: list[tuple[str, float]] = []  # and until when each stays
        self._workspace_stands = False
        self._opened: tuple[Kind, str] = ("lesson", "")
        self._typed: dict[str, dict[str, str]] = {}  # by lesson and checkpoint
        self._waiting: Callable[[], None] | None = None

    def get_default_screen(self) -> Screen[None]:
        return MapScreen()

    def watch_overview(self, overview: Overview | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.overview = overview

    # -- what is said ---------------------------------------------------------------------------

    def give_notice(self, text: str) -> None:
        """Say something about the workspace, twice as long as it takes to read."""
        seconds = 10 + len(text.split()) / 2
        self._notices.append((text, time.monotonic() + seconds))
        self.notify(text, timeout=seconds, markup=False)

    def hush(self) -> None:
        """What was said on another screen is not said here, but notices stay their time."""
        self.clear_notifications()
        for text, until in self._notices:
            left = until - time.monotonic()
            if left > 0:
                self.notify(text, timeout=left, markup=False)

    # -- opening --------------------------------------------------------------------------------

    def when_ready(self, do: Callable[[], None]) -> None:
        """Do it once the workspace stands; of several wishes before, the last one counts."""
        if self._workspace_stands:
            do()
        else:
            self._waiting = do

    def make_ready(self) -> None:
        self._workspace_stands = True
        if self._waiting is not None:
            self._waiting()
            self._waiting = None

    def open(self, kind: Kind, name: str) -> None:
        """A lesson or an exercise on the map, in the place of another one."""
        if len(self.screen_stack) == 2 and (kind, name) == self._opened:
            return  # a second Enter, pressed before the first one showed
        self._opened = (kind, name)
        self.hush()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if kind == "lesson":
            screen = opening.lesson_screen(self._session, name, self._typed_in(name))
        else:
            screen = opening.exercise_screen(self._session, name)
        screen = self.dressed(screen)
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        if isinstance(screen, ExerciseBound):
            self.opened(screen)

    def _typed_in(self, lesson: str) -> dict[str, str]:
        """What is typed into a lesson's answer fields and not committed, while the tutor runs."""
        return self._typed.setdefault(lesson, {})

    def dressed(self, screen: TutorScreen) -> TutorScreen:
        """The screen with what the app tells all screens."""
        screen.set_reactive(TutorScreen.overview, self.overview)
        return screen

    def opened(self, screen: ExerciseBound) -> None:
        """A screen about an exercise has come to the front."""

    def push(self, screen: TutorScreen) -> None:
        self.hush()
        self.push_screen(self.dressed(screen))
        if isinstance(screen, ExerciseBound):
            self.opened(screen)

    @on(TutorScreen.Chosen)
    def _open_chosen(self, event: TutorScreen.Chosen) -> None:
        self.when_ready(lambda: self.open(event.kind, event.name))

    @on(TutorScreen.NextChosen)
    def _open_next(self, event: TutorScreen.NextChosen) -> None:
        following = (
            itinerary.after(self.overview, event.kind, event.name) if self.overview else None
        )
        if following is not None:
            self.open(following.kind, following.name)
        else:
            self.hush()
            self.notify("Nothing comes after this in the course.")

    @on(ExerciseBound.ReadingWanted)
    def _open_reading(self, event: ExerciseBound.ReadingWanted) -> None:
        if event.screen is not self.screen:
            return  # a second key, pressed before the lesson showed
        reading = self._session.reading(event.link)
        if reading is None:
            self.notify("The lesson no longer has this section.")
            return
        typed = self._typed_in(reading.lesson)
        self.push(opening.reading_screen(self._session, reading, typed))

    # Named for its message, because importing `Prose` here would delay the first screen.
    def on_prose_link_followed(self, event: Prose.LinkFollowed) -> None:
        target = opening.link_target(self._session, event.href)
        if target is not None:
            self.open(*target)
        elif event.href.startswith(("http://", "https://")):
            self.open_url(event.href)
        elif not event.href.startswith("#"):
            self.notify(f"This link leads out of the course: {event.href}", markup=False)

    @on(TutorScreen.Left)
    def _go_back(self, event: TutorScreen.Left) -> None:
        if event.screen is not self.screen or len(self.screen_stack) < 2:
            return  # a second Escape, pressed before the first one showed
        self.hush()
        self.pop_screen()
        if event.saying:
            self.notify(event.saying, markup=False)
        if isinstance(self.screen, ExerciseBound):
            self.opened(self.screen)

    # -- above ----------------------------------------------------------------------------------

    @on(TutorScreen.HelpWanted)
    def _show_help(self, event: TutorScreen.HelpWanted) -> None:
        from tutor.tui.screens.help import HelpScreen

        self.push(HelpScreen(event.place))

    @on(TutorScreen.ProgressWanted)
    def _show_progress(self) -> None:
        from tutor.tui.screens.progress import ProgressScreen

        self.push(ProgressScreen())

    @on(ExerciseBound.EditWanted)
    def _edit_inside(self, event: ExerciseBound.EditWanted) -> None:
        self.push(opening.edit_screen(self._session, event.exercise))

    @on(ExerciseBound.HistoryWanted)
    def _show_history(self, event: ExerciseBound.HistoryWanted) -> None:
        self.push(opening.history_screen(self._session, event.exercise))

    @on(TutorScreen.SourceWanted)
    def _show_source(self, event: TutorScreen.SourceWanted) -> None:
        self.push(opening.source_screen(event.title, event.source))

    @on(TutorScreen.Failed)
    def _tell_failure(self, event: TutorScreen.Failed) -> None:
        self.tell_problem(event.problem)

    def tell_problem(self, problem: Problem) -> None:
        """Say what did not work, over whatever is shown."""
        self.push(ProblemScreen("bp-tutor", problem))
