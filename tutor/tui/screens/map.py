"""The course as a map: what there is, how far you are, where to go on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from tutor.tui import itinerary
from tutor.tui.itinerary import Stop
from tutor.tui.keys import bindings
from tutor.tui.screens.base import TutorScreen
from tutor.tui.text import listed
from tutor.tui.widgets.course_map import CourseMap
from tutor.tui.widgets.search_bar import SearchBar, matching
from tutor.tui.widgets.title_line import Title


class MapScreen(TutorScreen):
    """The first screen."""

    PLACE = "map"
    BINDINGS = bindings("map")
    AUTO_FOCUS = "CourseMap"

    def body(self) -> ComposeResult:
        search = Horizontal(Label("Search"), SearchBar(), id="search")
        search.display = False
        with Vertical(id="course"):
            yield search
            yield CourseMap()
            yield Static("", id="enter-line", markup=False)

    def title_now(self) -> Title:
        overview = self.overview
        if overview is None:
            return Title("bp-tutor")
        right = f"level {overview.level} of 4   {overview.passed}/{overview.total} passed"
        return Title("bp-tutor", (overview.title,), right)

    def watch_overview(self) -> None:
        """Draw anew, if it is seen; a verdict elsewhere must not wait for that."""
        super().watch_overview()
        if self.is_mounted and self.is_current:
            self._draw()

    def on_screen_resume(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.overview is None:
            return
        course_map = self.query_one(CourseMap)
        upcoming = itinerary.upcoming(self.overview)
        legs = itinerary.legs(self.overview)
        wanted = self.query_one(SearchBar).value
        if wanted.strip():
            legs = matching(legs, wanted)
        course_map.empty_text = "Nothing here matches. Esc shows all."
        course_map.show(legs, upcoming.id if upcoming else "")

    # -- what Enter does ------------------------------------------------------------------------

    @on(CourseMap.Pointed)
    def _tell_enter(self, event: CourseMap.Pointed) -> None:
        self.query_one("#enter-line", Static).update(
            Content.assemble(("Enter   ", "bold"), enter_words(event.stop_pointed))
        )

    @on(CourseMap.Chosen)
    def _open(self, event: CourseMap.Chosen) -> None:
        stop = event.stop_chosen
        self.action_back()
        self.post_message(self.Chosen(stop.kind, stop.name))

    # -- the search -----------------------------------------------------------------------------

    def action_search(self) -> None:
        self.query_one("#search").display = True
        self.set_focus(self.query_one(SearchBar))  # at once: what is typed next belongs to it
        self.show_keys("search")

    def action_back(self) -> None:
        """End the search; the cursor stays where it is."""
        search = self.query_one("#search")
        if search.display:
            self.query_one(SearchBar).value = ""
            search.display = False
            self._draw()
            self.set_focus(self.query_one(CourseMap))
            self.show_keys(self.PLACE)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._draw()

    @on(Input.Submitted)
    def _open_found(self) -> None:
        self.query_one(CourseMap).action_select()

    @on(SearchBar.Moved)
    def _move(self, event: SearchBar.Moved) -> None:
        course_map = self.query_one(CourseMap)
        if event.step < 0:
            course_map.action_cursor_up()
        else:
            course_map.action_cursor_down()

    # -- keys -----------------------------------------------------------------------------------

    def action_down(self) -> None:
        self.query_one(CourseMap).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(CourseMap).action_cursor_up()

    def action_top(self) -> None:
        self.query_one(CourseMap).action_first()

    def action_bottom(self) -> None:
        self.query_one(CourseMap).action_last()

    def action_progress(self) -> None:
        self.post_message(self.ProgressWanted())


def enter_words(stop: Stop | None) -> str:
    """What Enter does with the cursor on this stop."""
    if stop is None:
        return ""
    if stop.kind == "lesson":
        return f"{'read again' if stop.done else 'read'}: {stop.title}"
    if stop.done:
        return f"open {stop.name} again"
    if stop.needs:
        return f"open {stop.name} (it builds on {listed(stop.needs)})"
    verb = "start" if stop.words == "not started" else "continue with"
    return f"{verb} {stop.name}"
