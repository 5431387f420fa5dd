"""Briefs: what an exercise asks, and behind it the hint ladder, in one Markdown file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from tutor.course.text import headings, unfenced
from tutor.errors import CourseError
from tutor.spec import Brief, Hint

if TYPE_CHECKING:
    from pathlib import Path

FEWEST_HINTS, MOST_HINTS = 3, 5

_HINT = re.compile(r" {0,3}##[ \t]+Hint:[ \t]*(.*?)(?:[ \t]+#+)?[ \t]*")
# What somebody wrote who meant a hint. Read as text, it would stand open in the brief.
_MEANT_AS_HINT = re.compile(r" {0,3}#+[ \t]*hint[ \t]*\d*[ \t]*(?:[:.-].*)?", re.IGNORECASE)
_EXAMPLE = "## Hint: where to look\n\nWhat to think of next."


def parse_brief(text: str, *, path: Path) -> Brief:
    """The brief that `text` is; a `CourseError` with the line of `path` when it is broken."""
    return _BriefText(text, path).brief()


class _BriefText:
    def __init__(self, text: str, path: Path) -> None:
        self._lines = text.split("\n")
        self._path = path

    def _fail(self, line: int, message: str, hint: str) -> NoReturn:
        raise CourseError(message, hint=hint, path=self._path, line=line + 1)

    def brief(self) -> Brief:
        title_line, title = self._title()
        hints = self._hint_lines()
        self._check_order(hints)
        starts = [line for line, _ in hints]
        ends = [*starts[1:], len(self._lines)]
        if not FEWEST_HINTS <= len(hints) <= MOST_HINTS:
            self._fail(
                starts[MOST_HINTS] if len(hints) > MOST_HINTS else [title_line, *starts][-1],
                f"There are {len(hints)} hints; a ladder has {FEWEST_HINTS} to {MOST_HINTS}.",
                f"From a nudge to nearly the code, each begins as:\n{_EXAMPLE}",
            )
        text = self._between(title_line + 1, starts[0])
        if not text:
            self._fail(
                title_line,
                "The brief says nothing.",
                "Write what to do behind the title, before the first ## Hint:",
            )
        ladder = (
            self._hint(number, title, start, end)
            for number, ((start, title), end) in enumerate(zip(hints, ends, strict=True), 1)
        )
        return Brief(title=title, text=text, hints=tuple(ladder))

    def _title(self) -> tuple[int, str]:
        first = next(headings(self._lines), None)
        if first is None or first.level != 1 or not first.title:
            self._fail(
                first.line if first else 0,
                "The brief does not begin with a title.",
                "Write, as the first line: # What the exercise is called",
            )
        if above := self._between(0, first.line):
            self._fail(
                first.line,
                f"There is text above the title: {above.splitlines()[0]!r}.",
                "Write the title as the first line, and that text below it.",
            )
        return first.line, first.title

    def _hint_lines(self) -> list[tuple[int, str]]:
        found = []
        for number, line in unfenced(self._lines):
            if hint := _HINT.fullmatch(line):
                found.append((number, hint[1]))
            elif _MEANT_AS_HINT.fullmatch(line):
                self._fail(
                    number,
                    f"{line.strip()!r} is nearly a hint, and would be shown with the brief.",
                    f"Write it as:\n{_EXAMPLE}",
                )
        return found

    def _check_order(self, hints: list[tuple[int, str]]) -> None:
        """Behind the first hint there are only hints: anything else would hide in one of them."""
        places = [line for line, _ in hints]
        for heading in headings(self._lines):
            behind = bool(places) and heading.line > places[0] and heading.line not in places
            if behind and heading.level <= 2:
                self._fail(
                    heading.line,
                    f"The section {heading.title!r} stands behind a hint.",
                    "Move it before the first ## Hint: or, if it belongs to the hint, "
                    f"write ### {heading.title}",
                )

    def _hint(self, number: int, title: str, start: int, end: int) -> Hint:
        text = self._between(start + 1, end)
        if not title:
            self._fail(start, f"Hint {number} has no title.", f"Write:\n{_EXAMPLE}")
        if not text:
            self._fail(start, f"Hint {number} is empty.", f"Write:\n{_EXAMPLE}")
        return Hint(number=number, title=title, text=text)

    def _between(self, first: int, last: int) -> str:
        return "\n".join(self._lines[first:last]).strip("\n").rstrip()
