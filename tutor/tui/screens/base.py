"""What all screens of the tutor have: a title line, a key line, and the words they send up."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tutor.itinerary import Kind
from tutor.session import Overview
from tutor.tui.desk import CheckState
from tutor.tui.keys import line
from tutor.tui.problem import Problem, problem_of
from tutor.tui.widgets.key_line import KeyLine
from tutor.tui.widgets.title_line import Title, TitleLine


class TutorScreen(Screen[None]):
    """A screen that knows which keys work on it.

    It opens nothing itself: it says what was chosen, and the app opens it.
    """

    PLACE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (84, "-roomy")]  # noqa: RUF012 - Textual's
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - Textual's

    overview: reactive[Overview | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: SimpleQueue[Callable[[], Message]] = SimpleQueue()
        self._in_turn = Lock()

    class Chosen(Message):
        """A lesson or an exercise was chosen to be opened."""

        def __init__(self, kind: Kind, name: str) -> None:
            super().__init__()
            self.kind: Kind = kind
            self.name = name

    class NextChosen(Message):
        """What follows this lesson or exercise was chosen."""

        def __init__(self, kind: Kind, name: str) -> None:
            super().__init__()
            self.kind: Kind = kind
            self.name = name

    class Left(Message):
        """The learner wants to go back from this screen; `saying` is told on the one before."""

        def __init__(self, screen: TutorScreen, saying: str = "") -> None:
            super().__init__()
            self.screen = screen
            self.saying = saying

    class LeaveWanted(Message):
        """The learner wants to leave the tutor, and nothing is left to be asked."""

    class HelpWanted(Message):
        """The learner asked for the keys of a place."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    class SourceWanted(Message):
        """A source should be shown to be read."""

        def __init__(self, title: Title, source: str) -> None:
            super().__init__()
            self.title = title
            self.source = source

    class ProgressWanted(Message):
        """The learner asked for the levels."""

    class ProgressMade(Message):
        """Something was kept that the map shows."""

    class Failed(Message):
        """Something that the screen tried did not work."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield from self.body()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """What stands between the title line and the key line."""
        return iter(())

    def on_mount(self) -> None:
        self.show_keys(self.PLACE)
        self.show_title()

    @property
    def stands(self) -> bool:
        """Whether it is mounted and not left yet: what a thread brings may come too late."""
        return self.is_mounted and self in self.app.screen_stack

    def afterwards(self, do: Callable[[], object]) -> None:
        """Do it when what was changed is laid out, unless the screen has been left by then."""
        self.call_after_refresh(lambda: do() if self.stands else None)

    def show_keys(self, place: str, *, without: str = "") -> None:
        """Tell the keys of this place on the bottom line; one that would do nothing is left out."""
        for key_line in self.query(KeyLine):
            key_line.keys = tuple(key for key in line(place) if key.id != without)

    def title_now(self) -> Title:
        """The top line as it should read."""
        return Title("bp-tutor")

    def show_title(self) -> None:
        for title_line in self.query(TitleLine):
            title_line.title = self.title_now()

    def watch_overview(self) -> None:
        self.show_title()

    def action_back(self) -> None:
        self.post_message(self.Left(self))

    def action_help(self) -> None:
        self.post_message(self.HelpWanted(self.PLACE))

    def do(self, job: Callable[[], Message]) -> None:
        """Run `job` where it may wait, after those before it; send the message that it ends in."""
        self._jobs.put(job)
        self._do_next()

    @work(thread=True, exit_on_error=False, group="writing")
    def _do_next(self) -> None:
        with self._in_turn:
            try:
                message = self._jobs.get()()
            except Exception as error:  # noqa: BLE001 - told on the screen
                message = self.Failed(problem_of(error))
        self.post_message(message)


class ScrolledScreen(TutorScreen):
    """A screen with a part that the reading keys move."""

    @property
    def scrolled(self) -> Widget:
        """The part that scrolls now."""
        raise NotImplementedError

    def action_page(self) -> None:
        self.scrolled.scroll_page_down(animate=False)

    def action_down(self) -> None:
        self.scrolled.scroll_down(animate=False)

    def action_up(self) -> None:
        self.scrolled.scroll_up(animate=False)

    def action_top(self) -> None:
        self.scrolled.scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.scrolled.scroll_end(animate=False)


class ExerciseBound(TutorScreen):
    """A screen about one exercise; the app tells it how the checks of it stand."""

    state: reactive[CheckState | None] = reactive(None)
    disk_sha256: reactive[str] = reactive("")

    class CheckWanted(Message):
        """The file should be checked; `anew` even if these bytes have been."""

        def __init__(self, exercise: str, *, anew: bool) -> None:
            super().__init__()
            self.exercise = exercise
            self.anew = anew

    class EditWanted(Message):
        """The file should be edited inside the tutor."""

        def __init__(self, exercise: str) -> None:
            super().__init__()
            self.exercise = exercise

    class ReadingWanted(Message):
        """A lesson, or a section of one, should be shown above this screen."""

        def __init__(self, screen: ExerciseBound, link: str) -> None:
            super().__init__()
            self.screen = screen
            self.link = link

    class HistoryWanted(Message):
        """The kept versions should be shown."""

        def __init__(self, exercise: str) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, exercise: str) -> None:
        super().__init__()
        self.exercise = exercise
