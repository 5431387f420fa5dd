"""The course as a list: units as headings, one row for each thing that Enter opens."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.itinerary import Leg, Stop
from tutor.tui.widgets.lines import Lines
from tutor.tui.widgets.marked_list import MARGIN, MarkedList

_STATUS, _SHORT_STATUS, _ROOMY = 22, 13, 60  # widths of the second column, and when


class CourseMap(MarkedList):
    """The rows of the course; the cursor keeps its place when the progress changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "course-map--unit",
        "course-map--status",
        "course-map--next",
    }

    class Chosen(Message):
        """A stop was chosen to be opened."""

        def __init__(self, stop: Stop) -> None:
            super().__init__()
            self.stop_chosen = stop

    class Pointed(Message):
        """The cursor stands on another stop, or on none."""

        def __init__(self, stop: Stop | None) -> None:
            super().__init__()
            self.stop_pointed = stop

    def __init__(self) -> None:
        super().__init__(compact=True)
        self.empty_text = ""
        self._upcoming = ""
        self._stops: dict[str, Stop] = {}

    def show(self, legs: tuple[Leg, ...], upcoming: str) -> None:
        """Draw all rows anew. The cursor stays, unless what is next has moved on."""
        before = self.pointed if upcoming == self._upcoming else None
        self._upcoming = upcoming
        self._stops = {stop.id: stop for leg in legs for stop in leg.stops}
        options: list[Option] = []
        for leg in legs:
            heading = f"{leg.number}  {leg.title}"
            options.append(Option(_Row(heading, "", unit=True, first=not options), disabled=True))
            options += [
                Option(_row(stop, is_next=stop.id == upcoming), id=stop.id) for stop in leg.stops
            ]
        if not options and self.empty_text:
            options.append(Option(_Row(self.empty_text, "", first=True), disabled=True))
        self.set_options(options)
        self.point_at(before.id if before is not None else upcoming)

    @property
    def pointed(self) -> Stop | None:
        """The stop under the cursor."""
        option = self.highlighted_option
        return self._stops.get(option.id or "") if option is not None else None

    def point_at(self, stop_id: str) -> None:
        """Put the cursor on this stop, or on the first one if it is not there."""
        if stop_id in self._stops:
            self.highlighted = self.get_option_index(stop_id)
        else:
            self.action_first()
        if not self._stops:
            self.post_message(self.Pointed(None))

    def scroll_to_highlight(self, top: bool = False) -> None:
        """At the first row, the unit's heading above it comes into view as well."""
        if self.highlighted is not None and self.highlighted <= 1:
            self.scroll_home(animate=False, immediate=True)
        else:
            super().scroll_to_highlight(top)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Pointed(self._stops.get(event.option_id or "")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id in self._stops:
            self.post_message(self.Chosen(self._stops[event.option_id]))


class _Row(Lines):
    """A label and a status in two columns, whatever the width is."""

    def __init__(
        self, label: str, status: str, *, indent: int = 0, unit: bool = False, first: bool = False
    ) -> None:
        self._label = " " * (MARGIN + indent) + label
        self._status = status
        self._unit = unit
        self._gap = unit and not first

    def lines(self, width: int) -> list[Content]:
        status_width = _STATUS if width >= _ROOMY else _SHORT_STATUS
        column = max(1, width - status_width) if self._status else width
        label = Content(self._label).truncate(column - 1, ellipsis=True)
        if self._unit:
            label = label.stylize(".course-map--unit")
        name = "next" if self._status.endswith("next") else "status"
        status = Content(self._status).stylize(f".course-map--{name}")
        row = label.pad_right(column - label.cell_length) + status
        return [Content(""), row] if self._gap else [row]


def _row(stop: Stop, *, is_next: bool) -> _Row:
    words = stop.words
    if is_next:
        words = "next" if words in ("", "not started") else f"{words}, next"
    return _Row(stop.title, words, indent=3 if stop.kind == "lesson" else 6)
