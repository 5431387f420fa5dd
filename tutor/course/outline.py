"""Where in a lesson a checkpoint's question begins, and where its answer ends.

A `<details>` belongs to what stands directly before it: at the top level to the paragraph before
(or all from a `**Checkpoint.**` on), in a list item to the item's text.
"""

from __future__ import annotations

import re
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tutor.course.details import EXAMPLE, Details, find_details, parse_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.course.text import Source
    from tutor.errors import CourseError

_LEADER_WORDS = r"[ \t]*\*\*Checkpoint(?:[ ]+\d+)?(?:[.:]\*\*|\*\*[.:])[ \t]*"
_LEADER = re.compile(_LEADER_WORDS, re.IGNORECASE)
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]?)")
_ANY_LEADER = re.compile(rf"^(?:{_MARKER.pattern})?{_LEADER_WORDS}", re.IGNORECASE | re.MULTILINE)
_QUESTION = f"**Checkpoint.** What is it?\n\n{EXAMPLE}"
# These may stand between a question's paragraph and its answer; a heading or a list may not.
_SHOWN = frozenset({"fence", "code_block", "html_block"})
_ENDS_A_SECTION = frozenset({"heading_open", "hr"})


class Place(NamedTuple):
    """A checkpoint's place in the text: `start` to `details.end` is taken out of the prose.

    `rest_end` ends what follows it in its list item, whose text is indented by `indent`.
    """

    start: int
    question: str
    details: Details
    rest_end: int
    indent: int


class _Block(NamedTuple):
    kind: str
    start: int
    end: int


class _Container(NamedTuple):
    """The lesson itself, or a list item at its top level, whose `content` is behind its marker."""

    start: int
    content: int
    end: int
    indent: int
    blocks: list[_Block]


class Outline:
    """The checkpoints' places in one lesson."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tokens = parse_blocks(source.text)
        self._whole = _Container(0, 0, len(source.text), 0, self._blocks(0, level=0))
        details = find_details(source, self._tokens)
        self.places = tuple(self._places(details))
        self._check_leaders()

    def _places(self, found: list[Details]) -> Iterator[Place]:
        floor = 0
        for details, following in zip_longest(found, found[1:]):
            container = self._container(details)
            start, question = self._question(details, container, floor)
            rest_end = details.end
            if container.indent and not (following and following.start < container.end):
                rest_end = container.end
            yield Place(start, question, details, rest_end, container.indent)
            floor = details.end

    def _container(self, details: Details) -> _Container:
        line = self._source.index(details.start)
        around = [
            index
            for index, token in enumerate(self._tokens)
            if token.type in ("list_item_open", "blockquote_open")
            and token.map
            and token.map[0] <= line < token.map[1]
        ]
        if not around:
            return self._whole
        item = self._tokens[around[0]]
        if len(around) > 1 or item.type != "list_item_open" or not item.map:
            raise self._source.error(
                details.start,
                "This <details> stands in a quotation or in a list within a list.",
                f"Put it by itself, or into a list that is in nothing else:\n{_QUESTION}",
            )
        start, end = (self._source.start(index) for index in item.map)
        if end < details.end:
            raise self._source.error(
                details.start,
                "This <details> begins in a list item and ends outside it.",
                "Indent the answer and </details> as far as <details>.",
            )
        marker = _MARKER.match(self._source.text, start)
        content = marker.end() if marker else start
        return _Container(
            start, content, end, content - start, self._blocks(around[0] + 1, level=item.level + 1)
        )

    def _blocks(self, first: int, *, level: int) -> list[_Block]:
        """The blocks of one level from token `first` on, up to the end of what is around them."""
        inside = takewhile(lambda token: token.level >= level, self._tokens[first:])
        return [
            _Block(token.type, *(self._source.start(index) for index in token.map))
            for token in inside
            if token.level == level and token.nesting >= 0 and token.map
        ]

    def _question(self, details: Details, container: _Container, floor: int) -> tuple[int, str]:
        """Where the question of `details` begins, and its text."""
        begin = max(container.content, floor)
        before = [
            block
            for block in container.blocks
            if block.end > begin
            and block.start < details.start
            and not (block.kind == "html_block" and block.end > details.start)
        ]
        for index in reversed(range(len(before))):
            if before[index].kind in _ENDS_A_SECTION:
                del before[: index + 1]
                break
        leader = self._leader(before, begin, details.start)
        if leader:
            start, words = leader.start(), leader.end()
        else:
            start = words = begin if container.indent else _paragraph(before, begin, details.start)
        question = dedent(self._source.text[words : details.start], container.indent).strip()
        if not question:
            raise self._no_question(details, before)
        return (container.start if start == container.content else start), question

    def _leader(self, before: list[_Block], begin: int, end: int) -> re.Match[str] | None:
        """The last `**Checkpoint.**` that begins a line of the paragraphs before an answer."""
        text, found = self._source.text, None
        for block in before:
            if block.kind != "paragraph_open":
                continue
            line = max(block.start, begin)
            while line < min(block.end, end):
                found = _LEADER.match(text, line, end) or found
                line = self._source.start(self._source.index(line) + 1)
        return found

    def _no_question(self, details: Details, before: list[_Block]) -> CourseError:
        if before and before[-1].kind in ("bullet_list_open", "ordered_list_open"):
            return self._source.error(
                details.start,
                "This <details> stands behind a list, and not in the item with its question.",
                "Indent it, answer and </details> too, as far as the text of that item.",
            )
        return self._source.error(
            details.start,
            "There is no question before this <details>.",
            f"Write a paragraph directly before it:\n{_QUESTION}",
        )

    def _check_leaders(self) -> None:
        """A `**Checkpoint.**` that has no answer would be lost among the prose."""
        for token in self._tokens:
            if token.type != "inline" or not token.map:
                continue
            start, end = (self._source.start(index) for index in token.map)
            for leader in _ANY_LEADER.finditer(self._source.text, start, end):
                if not any(
                    place.start <= leader.start() < place.details.end for place in self.places
                ):
                    raise self._source.error(
                        leader.start(),
                        "This checkpoint has no answer.",
                        f"Write, behind the question:\n{EXAMPLE}",
                    )


def _paragraph(before: list[_Block], begin: int, end: int) -> int:
    """Where the last paragraph before an answer begins; the answer itself when there is none."""
    for block in reversed(before):
        if block.kind == "paragraph_open":
            return max(block.start, begin)
        if block.kind not in _SHOWN:
            break
    return end


def dedent(text: str, columns: int) -> str:
    """`text` without up to `columns` of indentation; its first line has none to lose."""
    if not columns:
        return text
    first, *others = text.split("\n")
    return "\n".join([first, *(_dedent_line(line, columns) for line in others)])


def _dedent_line(line: str, columns: int) -> str:
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return indent[columns:] + bare
