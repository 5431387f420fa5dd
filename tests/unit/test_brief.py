"""Briefs: the title, what is asked, and the ladder of hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.brief import parse_brief
from tutor.course.text import read_text
from tutor.errors import CourseError
from tutor.spec import Brief, Hint

PATH = Path("exercises", "square.md")

GOOD = """\
# Square it

Fill in `square`.

## Shapes

| name | shape |
|---|---|
| x | (N,) |

```text
## Hint: this is a picture
```

## Hint: a nudge

Think of areas.

### A smaller heading

More.

## Hint: the concept
A number times itself.

## Hint: nearly the code

```python
## Hint: a comment
return x * ...
```
"""


def broken(text: str) -> CourseError:
    with pytest.raises(CourseError) as caught:
        parse_brief(text, path=PATH)
    assert caught.value.path == PATH
    assert caught.value.hint
    return caught.value


def test_title_brief_and_ladder() -> None:
    brief = parse_brief(GOOD, path=PATH)
    assert brief.title == "Square it"
    assert brief.text.startswith("Fill in `square`.\n\n## Shapes")
    assert brief.text.endswith("## Hint: this is a picture\n```")
    assert [hint.title for hint in brief.hints] == ["a nudge", "the concept", "nearly the code"]
    assert [hint.number for hint in brief.hints] == [1, 2, 3]
    assert brief.hints[0].text == "Think of areas.\n\n### A smaller heading\n\nMore."
    assert brief.hints[1] == Hint(2, "the concept", "A number times itself.")
    assert brief.hints[2].text == "```python\n## Hint: a comment\nreturn x * ...\n```"


def ladder(count: int) -> str:
    hints = (f"## Hint: number {number}\n\ntext\n" for number in range(1, count + 1))
    return "# Title\n\nDo it.\n\n" + "\n".join(hints)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_three_to_five_hints(count: int) -> None:
    assert len(parse_brief(ladder(count), path=PATH).hints) == count


@pytest.mark.parametrize(("count", "line"), [(0, 1), (1, 5), (2, 9), (6, 25), (7, 25)])
def test_any_other_number_of_hints_is_an_error(count: int, line: int) -> None:
    error = broken(ladder(count))
    assert error.line == line
    assert error.message == f"There are {count} hints; a ladder has 3 to 5."
    assert "## Hint: where to look" in error.hint


def test_an_empty_hint() -> None:
    error = broken(ladder(3).replace("## Hint: number 2\n\ntext\n", "## Hint: number 2\n"))
    assert (error.line, error.message) == (9, "Hint 2 is empty.")
    assert "## Hint: where to look" in error.hint


def test_a_hint_without_a_title() -> None:
    error = broken(ladder(3).replace("## Hint: number 3", "## Hint:"))
    assert (error.line, error.message) == (13, "Hint 3 has no title.")


@pytest.mark.parametrize(
    "near",
    [
        "### Hint: x",
        "## hint: x",
        "##Hint: x",
        "## Hint",
        "## Hint 2: x",
        "# Hint: x",
        "## Hint - x",
    ],
)
def test_what_is_nearly_a_hint_does_not_stand_open_in_the_brief(near: str) -> None:
    error = broken(ladder(4).replace("## Hint: number 2", near))
    assert error.line == 9
    assert error.message.startswith(f"{near!r} is nearly a hint")
    assert "## Hint: where to look" in error.hint


def test_a_section_called_hints_and_tips_is_no_hint() -> None:
    brief = parse_brief(ladder(3).replace("Do it.", "## Hints and tips\n\nRest."), path=PATH)
    assert brief.text == "## Hints and tips\n\nRest."


def test_a_section_behind_a_hint() -> None:
    error = broken(ladder(3).replace("## Hint: number 3", "## Shapes\n\nx\n\n## Hint: number 3"))
    assert (error.line, error.message) == (13, "The section 'Shapes' stands behind a hint.")
    assert "### Shapes" in error.hint


@pytest.mark.parametrize(("title", "line"), [("", 5), ("## Title", 1), ("#", 1), ("Title", 5)])
def test_no_title(title: str, line: int) -> None:
    error = broken(ladder(3).replace("# Title", title))
    assert (error.line, error.message) == (line, "The brief does not begin with a title.")
    assert "# What the exercise is called" in error.hint


def test_text_above_the_title() -> None:
    error = broken("Hello.\n" + ladder(3))
    assert (error.line, error.message) == (2, "There is text above the title: 'Hello.'.")


def test_a_brief_that_says_nothing() -> None:
    error = broken(ladder(3).replace("Do it.", ""))
    assert (error.line, error.message) == (1, "The brief says nothing.")


def test_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "square.md"
    file.write_bytes(b"# Title\r\n\r\ncaf\xe9\n")
    with pytest.raises(CourseError) as caught:
        read_text(file)
    assert (caught.value.path, caught.value.line) == (file, 3)
    assert caught.value.message == "square.md is not UTF-8 text: there is a byte 0xe9."
    assert caught.value.hint == "Save the file as UTF-8."


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "square.md"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert parse_brief(read_text(file), path=file) == parse_brief(GOOD, path=PATH)


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*GOOD.split("\n"), "~~~", "````", "# Hint:", "x"])).map(
            "\n".join
        ),
    )
)
def test_any_text_is_a_brief_or_an_error(text: str) -> None:
    try:
        assert isinstance(parse_brief(text, path=PATH), Brief)
    except CourseError as error:
        told = error
    else:
        return
    assert told.line is not None
    assert 1 <= told.line <= text.count("\n") + 1
    assert told.hint
