"""The field that narrows the map to what is looked for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tutor.itinerary import Leg
from tutor.tui.keys import bindings


class SearchBar(Input):
    """A line to type in; up and down still move the list's cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    class Moved(Message):
        """The cursor of the list below should move, by -1 or 1."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__(placeholder="a word of a title, a name or a status", compact=True)

    def action_move(self, step: int) -> None:
        self.post_message(self.Moved(step))


def matching(legs: tuple[Leg, ...], wanted: str) -> tuple[Leg, ...]:
    """The stops that hold every word of `wanted`, in the units that have any."""
    words = wanted.casefold().split()
    narrowed = []
    for leg in legs:
        found = tuple(
            stop
            for stop in leg.stops
            if all(
                word in f"{leg.title} {stop.title} {stop.name} {stop.words}".casefold()
                for word in words
            )
        )
        if found:
            narrowed.append(Leg(leg.number, leg.title, found))
    return tuple(narrowed)
