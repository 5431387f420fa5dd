"""The one table of keys: bindings, the bottom line and the help are all made from it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Key:
    """One key: what is pressed, what it is called, and what it does.

    `keys` are Textual's names; empty for keys that a widget handles by itself (they are told all
    the same). `shown` is how the key is written on the bottom line and in the help.
    """

    id: str
    keys: str
    shown: str
    label: str
    tooltip: str
    action: str = ""
    priority: bool = False


@dataclass(frozen=True)
class Place:
    """Where keys work: on a screen, or in one part of it.

    `line` is what the bottom line tells, most important first; `more` works too and stands in
    the help only.
    """

    title: str
    line: tuple[str, ...]
    more: tuple[str, ...] = ()


_TABLE = (
    # Everywhere
    Key("help", "question_mark", "?", "help", "All keys of this screen", "help"),
    Key("quit", "q", "q", "quit", "Leave; everything you saved is kept", "app.leave"),
    Key("leave", "", "^q", "quit", "Leave from anywhere; Ctrl-C does the same"),
    Key("back", "escape,b", "Esc", "back", "Back to the screen before; b does the same", "back"),
    Key("map", "escape,b", "Esc", "map", "Back to the map; b does the same", "back"),
    Key("down", "j", "j k", "move", "Down and up; the arrow keys do the same", "down"),
    Key("up", "k", "j k", "move", "Down and up; the arrow keys do the same", "up"),
    Key("page", "space", "Space", "page on", "One page down; PageDown and PageUp too", "page"),
    Key("home", "home", "Home", "top", "To the beginning", "top"),
    Key("end", "end", "End", "bottom", "To the end", "bottom"),
    # Map
    Key("open", "", "Enter", "open", "Open the lesson or the exercise under the cursor"),
    Key("search", "slash", "/", "search", "Show only what matches what you type", "search"),
    Key("progress", "p", "p", "progress", "The levels and what counts for each", "progress"),
    Key("found", "", "Enter", "open", "Open what the cursor is on; up and down move it"),
    Key("unsearch", "escape", "Esc", "show all", "End the search", "screen.back"),
    # Lesson
    Key("next", "n", "n", "next", "The exercise or lesson that comes next", "next"),
    Key("answer", "a", "a", "answer", "To the next open checkpoint", "answer"),
    Key("commit", "", "Enter", "commit", "Commit your answer; ours is shown after that"),
    Key("unknown", "", "Tab", "I don't know", "To the button that commits no answer"),
    Key("unfield", "escape", "Esc", "back to the text", "Leave the answer field", "back"),
    Key("right", "r", "r", "right", "Mark your answer: it says what ours says", "mark('right')"),
    Key("partly", "p", "p", "partly", "Mark your answer: a part is missing", "mark('partly')"),
    Key("wrong", "w", "w", "wrong", "Mark your answer: it says something else", "mark('wrong')"),
    # Exercise
    Key("edit", "e", "e", "edit", "Open the file in your editor ($VISUAL, $EDITOR)", "edit"),
    Key("check", "c", "c", "check now", "Check the file as it is on disk", "check"),
    Key("hint", "h", "h", "hint", "The next hint; again to see it early", "hint"),
    Key("inside", "i", "i", "edit here", "Edit the file inside the tutor", "inside"),
    Key("attempts", "d", "d", "attempts", "Every kept version; bring one back", "attempts"),
    Key("lesson", "l", "l", "lesson", "Where the mistake is explained, or the lesson", "lesson"),
    Key("solution", "s", "s", "solution", "Our solution, once it is open", "solution"),
    Key("reset", "x", "x", "start over", "Put the first version back; yours is kept", "reset"),
    Key("pane1", "1", "1 2 3", "part", "Brief, hints or verdict to the front", "pane('brief')"),
    Key("pane2", "2", "1 2 3", "part", "Brief, hints or verdict to the front", "pane('hints')"),
    Key("pane3", "3", "1 2 3", "part", "Brief, hints or verdict to the front", "pane('verdict')"),
    Key("pane", "tab", "Tab", "next part", "To the next part of the screen", "next_pane"),
    # Editor inside
    Key("save", "ctrl+s", "^s", "save and check", "Save the file and check it", "save", True),
    Key("unedit", "escape", "Esc", "leave", "Back; asks when text is not saved", "back", True),
    Key("undo", "", "^z", "undo", "Undo; ^y does it again"),
    # History
    Key("show", "", "Enter", "show", "Show this version"),
    Key("restore", "r", "r", "bring back", "Make this your file; yours is kept", "restore"),
    # Questions
    Key("choose", "", "Enter", "choose", "Take the answer under the cursor"),
    Key("cancel", "escape", "Esc", "cancel", "Change nothing", "back"),
)

KEYS: dict[str, Key] = {key.id: key for key in _TABLE}

_READ = ("page", "down", "up", "home", "end")

PLACES: dict[str, Place] = {
    "map": Place(
        "Map", ("search", "open", "progress", "help", "quit"), ("down", "up", "home", "end")
    ),
    "search": Place("Map, while searching", ("found", "unsearch")),
    "lesson": Place("Lesson", ("page", "answer", "next", "map", "help", "quit"), _READ[1:]),
    "reading": Place(
        "Lesson, opened from an exercise",
        ("page", "answer", "next", "back", "help", "quit"),
        _READ[1:],
    ),
    "answer": Place("Lesson, in an answer field", ("commit", "unknown", "unfield")),
    "mark": Place("Lesson, marking an answer", ("right", "partly", "wrong", "unfield")),
    "exercise": Place(
        "Exercise",
        ("edit", "check", "hint", "inside", "attempts", "lesson", "next", "help"),
        ("solution", "reset", "pane1", "pane2", "pane3", "pane", *_READ, "map", "quit"),
    ),
    "editor": Place("Editor inside the tutor", ("save", "unedit", "undo")),
    "history": Place(
        "Attempts", ("show", "restore", "back", "help", "quit"), ("down", "up", "home", "end")
    ),
    "source": Place("Reading a source", ("page", "back", "quit"), _READ[1:]),
    "progress": Place("Progress", ("back", "help", "quit"), _READ),
    "help": Place("Help", ("page", "back", "quit"), _READ[1:]),
    "choice": Place("A question", ("choose", "cancel")),
    "problem": Place("Something is wrong with the course", ("back", "quit")),
}

# Work wherever the learner is, also while typing.
EVERYWHERE: list[BindingType] = [
    Binding("ctrl+q", "leave", "quit", show=False, priority=True),
    Binding("ctrl+c", "interrupt", "quit", show=False, priority=True),
]

# Told in a part of a screen, and answered by the screen's own binding of the same key.
_ANSWERED_BY_SCREEN = frozenset({"unfield"})


def bindings(place: str) -> list[BindingType]:
    """The bindings of one place, for a screen's or a widget's `BINDINGS`."""
    ids = (*PLACES[place].line, *PLACES[place].more)
    return [
        Binding(
            key.keys,
            key.action,
            key.label,
            show=False,
            tooltip=key.tooltip,
            id=f"{place}.{key.id}",
            priority=key.priority,
        )
        for key in (KEYS[each] for each in ids)
        if key.action and key.id not in _ANSWERED_BY_SCREEN
    ]


def line(place: str) -> tuple[Key, ...]:
    """The keys that the bottom line tells in one place."""
    return tuple(KEYS[each] for each in PLACES[place].line)


def told(place: str) -> tuple[Key, ...]:
    """Every key of one place for the help; keys that are told as one stand there once."""
    keys: dict[tuple[str, str], Key] = {}
    for each in (*PLACES[place].line, *PLACES[place].more):
        key = KEYS[each]
        keys.setdefault((key.shown, key.label), key)
    return tuple(keys.values())
