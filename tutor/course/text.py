"""Reading a course's text files, and the little of Markdown that needs no parser.

Titles of all lessons are read before the first screen, so this module imports no Markdown
library: headings are lines, and the only thing to know about them is where code fences are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tutor.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
# The same line ends as the Markdown parser's, so that its line numbers are ours.
_LINE_END = re.compile(r"\r\n?|\n")


class Heading(NamedTuple):
    """A `#` heading: its line (from 0), how many `#` it has, and its text."""

    line: int
    level: int
    title: str


class Source:
    """A file's text, with offsets into it told as lines of the file."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def start(self, index: int) -> int:
        """The offset at which line `index` (from 0) begins; the end of the text after the last."""
        return self._starts[index] if index < len(self._starts) else len(self.text)

    def index(self, offset: int) -> int:
        """The line (from 0) that holds `offset`."""
        return bisect_right(self._starts, offset) - 1

    def error(self, offset: int, message: str, hint: str) -> CourseError:
        """What is wrong at `offset`, and what to write there."""
        return CourseError(message, hint=hint, path=self.path, line=self.index(offset) + 1)


def read_bytes(path: Path) -> bytes:
    """A file of the course; a `CourseError` when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CourseError(
            f"The file {path.name} does not exist.", hint=f"Write {path}.", path=path
        ) from None
    except OSError as error:
        raise CourseError(
            f"{path.name} cannot be read: {error.strerror or error}.",
            hint="It must be a file that you may read.",
            path=path,
        ) from error


def read_text(path: Path) -> str:
    """A UTF-8 text of the course, with line ends as `\\n` and without a byte order mark."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        raise CourseError(
            f"{path.name} is not UTF-8 text: there is a byte 0x{data[error.start]:02x}.",
            hint="Save the file as UTF-8.",
            path=path,
            line=len(_LINE_END.findall(before)) + 1,
        ) from None
    return _LINE_END.sub("\n", text)


def unfenced(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code, each with its number from 0."""
    fence = ""
    for number, line in enumerate(lines):
        bare = line.rstrip("\r\n")
        marker = _FENCE.fullmatch(bare)
        if fence:
            # A fence is closed by one of its own kind, at least as long, with nothing behind it.
            if marker and marker[1].startswith(fence) and not marker[2].strip():
                fence = ""
        elif marker and not (marker[1][0] == "`" and "`" in marker[2]):
            fence = marker[1]
        else:
            yield number, bare


def headings(lines: Iterable[str]) -> Iterator[Heading]:
    """The headings among `lines`."""
    for number, line in unfenced(lines):
        if found := _HEADING.fullmatch(line):
            yield Heading(number, len(found[1]), (found[2] or "").strip())


def title_of(lines: Iterable[str]) -> str:
    """The first `# ` heading, else the first heading of any level, else nothing."""
    fallback = ""
    for heading in headings(lines):
        if heading.level == 1 and heading.title:
            return heading.title
        fallback = fallback or heading.title
    return fallback


def title_in_file(path: Path) -> str:
    """`title_of` a file, reading no further than the title.

    Bytes that are not UTF-8 are left for `read_text` to complain of, with their line.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            return title_of(lines)
    except OSError:
        return ""


def title_from_name(name: str) -> str:
    """A title for a lesson that has no heading: `linear-layer` becomes `Linear layer`."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:] if words else name
