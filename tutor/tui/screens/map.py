"""The course as a map: what there is, how far you are, where to go on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from tutor import itinerary
from tutor.itinerary import Stop
from tutor.tui.keys import bindings
from tutor.tui.screens.base import TutorScreen
from tutor.tui.text import listed, standing_words
from tutor.tui.widgets.course_map import CourseMap
from tutor.tui.widgets.search_bar import SearchBar, matching
from tutor.tui.widgets.title_line import Title


class MapScreen(TutorScreen):
    """The first screen."""

    PLACE = "map"
    BINDINGS = bindings("map")
    AUTO_FOCUS = "CourseMap"

    def __init__(self) -> None:
        super().__init__()
        self._field = SearchBar()
        self._search = Horizontal(Label("Search"), self._field, id="search")
        self._search.display = False
        self._course_map = CourseMap()
        self._enter_line = Static("", id="enter-line", markup=False)

    def body(self) -> ComposeResult:
        yield Vertical(self._search, self._course_map, self._enter_line, id="course")

    def title_now(self) -> Title:
        overview = self.overview
        if overview is None:
            return Title("bp-tutor")
        return Title("bp-tutor", (overview.title,), standing_words(overview))

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
        upcoming = itinerary.upcoming(self.overview)
        legs = itinerary.legs(self.overview)
        wanted = self._field.value
        if wanted.strip():
            legs = matching(legs, wanted)
        self._course_map.empty_text = "Nothing here matches. Esc shows all."
        self._course_map.show(legs, upcoming.id if upcoming else "")

    # -- what Enter does ------------------------------------------------------------------------

    @on(CourseMap.Pointed)
    def _tell_enter(self, event: CourseMap.Pointed) -> None:
        self._enter_line.update(
            Content.assemble(("Enter   ", "bold"), enter_words(event.stop_pointed))
        )

    @on(CourseMap.Chosen)
    def _open(self, event: CourseMap.Chosen) -> None:
        stop = event.stop_chosen
        self.action_back()
        self.post_message(self.Chosen(stop.kind, stop.name))

    # -- the search -----------------------------------------------------------------------------

    def action_search(self) -> None:
        self._search.display = True
        self.set_focus(self._field)  # at once: what is typed next belongs to it
        self.show_keys("search")

    def action_back(self) -> None:
        """End the search; the cursor stays where it is."""
        if self._search.display:
            self._field.value = ""
            self._search.display = False
            self._draw()
            self.set_focus(self._course_map)
            self.show_keys(self.PLACE)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._draw()

    @on(Input.Submitted)
    def _open_found(self) -> None:
        self._course_map.action_select()

    @on(SearchBar.Moved)
    def _move(self, event: SearchBar.Moved) -> None:
        if event.step < 0:
            self._course_map.action_cursor_up()
        else:
            self._course_map.action_cursor_down()

    # -- keys -----------------------------------------------------------------------------------

    def action_down(self) -> None:
        self._course_map.action_cursor_down()

    def action_up(self) -> None:
        self._course_map.action_cursor_up()

    def action_top(self) -> None:
        self._course_map.action_first()

    def action_bottom(self) -> None:
        self._course_map.action_last()

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
