"""Lessons: Markdown in which a question and the `<details>` behind it are a checkpoint."""

from __future__ import annotations

import math
import re
import zlib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tutor.course.details import EXAMPLE, Details
from tutor.course.marking import read_number
from tutor.course.outline import Outline, Place, dedent
from tutor.course.text import Source, title_from_name, title_of
from tutor.spec import Checkpoint, Lesson, Prose

if TYPE_CHECKING:
    from pathlib import Path

_SUMMARY = re.compile(r"\s*<summary(?:\s[^>]*)?>.*?</summary\s*>", re.IGNORECASE | re.DOTALL)
_SUMMARY_OPENING = re.compile(r"\s*<summary\b", re.IGNORECASE)
_OWN_ATTRIBUTES = ("data-answer", "data-tolerance")
_ANSWER_EXAMPLE = 'Write the numbers with spaces between: <details data-answer="3 5">'
_TOLERANCE_EXAMPLE = 'Write <details data-answer="0.731" data-tolerance="0.001">'


def parse_lesson(text: str, *, name: str, path: Path) -> Lesson:
    """The lesson that `text` is; a `CourseError` with the line of `path` when it is broken."""
    source = Source(text, path)
    outline = Outline(source)
    blocks: list[Prose | Checkpoint] = []
    ids: set[str] = set()
    cursor, kept = 0, ""
    for number, place in enumerate(outline.places, start=1):
        prose = kept + text[cursor : place.start]
        if prose.strip():
            blocks.append(Prose(prose))
        blocks.append(_checkpoint(source, place, number, ids))
        # What follows within a list item was indented to it, and the item is gone.
        cursor = place.rest_end
        kept = dedent(text[place.details.end : cursor], place.indent)
    rest = kept + text[cursor:]
    if rest.strip() or (rest and not blocks):
        blocks.append(Prose(rest))
    title = title_of(text.split("\n")) or title_from_name(name)
    return Lesson(name=name, title=title, blocks=tuple(blocks))


def _checkpoint(source: Source, place: Place, number: int, ids: set[str]) -> Checkpoint:
    details = place.details
    expected, tolerance = _prediction(source, details)
    identifier = _identifier(place.question, ids)
    ids.add(identifier)
    return Checkpoint(
        id=identifier,
        number=number,
        question=place.question,
        answer=_answer(source, details),
        expected=expected,
        tolerance=tolerance,
    )


def _identifier(question: str, taken: set[str]) -> str:
    """An id that lasts while the question's words do, wherever in the lesson it moves."""
    words = " ".join(question.split())
    slug = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:5]) or "question"
    base = f"{slug}-{zlib.crc32(words.encode('utf-8', 'surrogatepass')):08x}"
    copies = (f"{base}-{copy}" for copy in range(2, len(taken) + 3))
    return base if base not in taken else next(each for each in copies if each not in taken)


def _answer(source: Source, details: Details) -> str:
    body = source.text[details.body : details.body_end]
    summary = _SUMMARY.match(body)
    if summary is None and _SUMMARY_OPENING.match(body):
        raise source.error(
            details.start,
            "The <summary> of this <details> is never closed.",
            f"Write:\n{EXAMPLE}",
        )
    answer = body[summary.end() :] if summary else body
    # Tags that are indented (in a list, or as HTML often is) have their text indented with them.
    last_tag = details.body + body.lower().find("<summary") if summary else details.start
    line = source.text[source.start(source.index(last_tag)) :]
    answer = dedent(answer, len(line) - len(line.lstrip(" \t"))).strip("\n").rstrip()
    if not answer.strip():
        raise source.error(
            details.start, "This checkpoint has an empty answer.", f"Write:\n{EXAMPLE}"
        )
    return answer.strip() if "\n" not in answer else answer


def _prediction(source: Source, details: Details) -> tuple[tuple[float, ...] | None, float]:
    """The numbers that the tutor marks and their tolerance, from the tag's attributes."""
    attributes = details.attributes
    for name in attributes:
        if name.startswith("data-") and name not in _OWN_ATTRIBUTES:
            near = get_close_matches(name, _OWN_ATTRIBUTES, n=1)
            raise source.error(
                details.start,
                f"<details> has an unknown attribute {name}.",
                f"Did you mean {near[0]}?" if near else "Take it out.",
            )
    given, slack = attributes.get("data-answer"), attributes.get("data-tolerance")
    if given is None:
        if slack is not None:
            raise source.error(
                details.start, "There is a data-tolerance but no data-answer.", _TOLERANCE_EXAMPLE
            )
        return None, 0.0
    pieces = re.sub(r"[()\[\],;]", " ", given).split()
    numbers = [read_number(piece) for piece in pieces]
    if not numbers:
        raise source.error(details.start, "The data-answer has no numbers.", _ANSWER_EXAMPLE)
    expected = tuple(number for number in numbers if number is not None)
    if len(expected) < len(numbers):
        wrong = pieces[numbers.index(None)]
        raise source.error(
            details.start, f"{wrong!r} in data-answer is not a number.", _ANSWER_EXAMPLE
        )
    return expected, 0.0 if slack is None else _tolerance(source, details, slack)


def _tolerance(source: Source, details: Details, slack: str) -> float:
    value = read_number(slack.strip())
    if value is None or not math.isfinite(value) or value < 0:
        raise source.error(
            details.start,
            f"data-tolerance is {slack!r}; it must be a number of at least 0.",
            _TOLERANCE_EXAMPLE,
        )
    return value
