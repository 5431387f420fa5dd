"""`<details>` blocks of a Markdown text: where they stand, what their tags say, and all errors.

The Markdown parser tells what is code; in everything else a `<details>` is one, whether or not
blank lines stand around it. So a checkpoint that reads well as source is found as it is meant.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from tutor.course.text import Source

EXAMPLE = """\
<details><summary>Answer</summary>

The answer, and why.

</details>"""

_ATTRIBUTE = r"""\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"\n]*"|'[^'\n]*'|[^\s"'=<>`]+))?"""
_OPEN = re.compile(rf"<details(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>", re.IGNORECASE)
_CLOSE = re.compile(r"</details\s*>", re.IGNORECASE)
_NAME_AND_VALUE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'=<>`]+)))?"""
)
_LINE_OPENING = re.compile(r"</?(?:details|summary)(?=[\s/>]|\Z)", re.IGNORECASE)
# What may hold the letters of a tag without being one comes first: escapes, code, comments.
_TAG_OR_NOT = re.compile(
    r"""\\[!-/:-@\[-`{-~]
    | (?<!`)(?P<ticks>`+)(?!`).*?[^`](?P=ticks)(?!`) | `+
    | <!--.*?(?:-->|\Z)
    | (?P<tag></?details(?=[\s/>]|\Z))""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class Details(NamedTuple):
    """One block, as offsets: of all of it, and of the body between its tags."""

    start: int
    body: int
    body_end: int
    end: int
    attributes: dict[str, str]


class _Tag(NamedTuple):
    start: int
    end: int
    attributes: dict[str, str] | None  # None: a closing tag


@cache
def _parser() -> MarkdownIt:
    """Blocks only: what stands within a line is not needed, and would cost most of the time."""
    parser = MarkdownIt("commonmark").disable("inline")
    parser.block.ruler.before(
        "html_block", "details", _tag_lines, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    return parser


def _tag_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A block rule: lines that begin with the tag of a details or summary stand by themselves.

    CommonMark takes all lines up to the next blank one for HTML, code fences included.
    """
    offset = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not _LINE_OPENING.match(state.src, offset):
        return False
    if not silent:
        tag = _OPEN.match(state.src, offset)
        line = start_line + 1
        while tag and line < end_line and state.bMarks[line] < tag.end():
            line += 1
        state.line = line
        token = state.push("html_block", "", 0)
        token.map = [start_line, line]
        token.content = state.getLines(start_line, line, state.blkIndent, True)
    return True


def parse_blocks(text: str) -> list[Token]:
    """The blocks of a Markdown text, with their lines."""
    return _parser().parse(text)


def find_details(source: Source, tokens: list[Token]) -> list[Details]:
    """All `<details>` outside code, in order; none within another, and each closed."""
    found: list[Details] = []
    opened: _Tag | None = None
    for tag in _tags(source, tokens):
        if tag.attributes is not None:
            if opened:
                line = source.index(opened.start) + 1
                raise source.error(
                    tag.start,
                    f"This <details> begins within the one of line {line}.",
                    f"Close the one of line {line} first: write </details> before this line.",
                )
            opened = tag
        elif opened is None:
            raise source.error(
                tag.start,
                "This </details> closes nothing.",
                f"Take it out, or begin the answer that it ends:\n{EXAMPLE}",
            )
        else:
            attributes = opened.attributes or {}
            found.append(Details(opened.start, opened.end, tag.start, tag.end, attributes))
            opened = None
    if opened:
        raise source.error(
            opened.start,
            "This <details> is never closed.",
            "Write </details> on a line of its own behind the answer, after a blank line and "
            "no further to the right than <details>.",
        )
    return found


def _tags(source: Source, tokens: list[Token]) -> Iterator[_Tag]:
    done = 0
    for token in tokens:
        if token.map is None or token.type not in ("inline", "html_block"):
            continue
        start, end = source.start(token.map[0]), source.start(token.map[1])
        for match in _TAG_OR_NOT.finditer(source.text, max(start, done), end):
            if match["tag"]:
                yield _read_tag(source, match.start())
        done = end


def _read_tag(source: Source, start: int) -> _Tag:
    if close := _CLOSE.match(source.text, start):
        return _Tag(start, close.end(), None)
    tag = _OPEN.match(source.text, start)
    if tag is None:
        raise source.error(
            start,
            "This <details> tag is not written as it must be.",
            'Write it on one line, values in quotes: <details data-answer="3 5">',
        )
    attributes = {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _NAME_AND_VALUE.findall(tag["attributes"])
    }
    return _Tag(start, tag.end(), attributes)
