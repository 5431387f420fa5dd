"""Lessons: what becomes a checkpoint, what stays prose, and what is told of broken ones."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.lesson import parse_lesson
from tutor.course.text import read_text
from tutor.errors import CourseError
from tutor.spec import Checkpoint, Lesson, Prose

PATH = Path("lessons", "03-areas.md")


def parse(text: str) -> Lesson:
    return parse_lesson(text, name="areas", path=PATH)


def only(text: str) -> Checkpoint:
    (checkpoint,) = parse(text).checkpoints
    return checkpoint


def prose(lesson: Lesson) -> str:
    return "".join(block.text for block in lesson.blocks if isinstance(block, Prose))


PARAGRAPHS = """\
# Areas

Some text.

**Checkpoint.** `x` is (4, 3) and `W` is
(3, 5). What shape is `grad_W`?

<details data-answer="3 5"><summary>Answer</summary>

(3, 5): a gradient has the shape of its variable.

```python
"<details>"  # no tag
```

- one
- two

</details>

More text.

What else?

<details>
<summary>Answer</summary>
Nothing.
</details>

The end.
"""

# The form in which lists of questions are often written.
LISTED = """\
# Areas

Before you go on:

1. **Why `+=` here?**
   <details><summary>Answer</summary>A value may be used twice.</details>

2. **Which comes first?**
   <details><summary>Answer</summary>The root (1.0)</details>

---

*The end.*
"""


def test_a_question_and_the_details_behind_it() -> None:
    lesson = parse(PARAGRAPHS)
    assert (lesson.name, lesson.title) == ("areas", "Areas")
    before, shape, between, other, after = lesson.blocks
    assert before == Prose("# Areas\n\nSome text.\n\n")
    assert isinstance(shape, Checkpoint)
    assert shape.question == "`x` is (4, 3) and `W` is\n(3, 5). What shape is `grad_W`?"
    assert shape.answer.startswith("(3, 5): a gradient has the shape of its variable.\n\n```python")
    assert shape.answer.endswith("- one\n- two")
    assert (shape.number, shape.expected, shape.tolerance) == (1, (3.0, 5.0), 0.0)
    assert between == Prose("\n\nMore text.\n\n")
    assert isinstance(other, Checkpoint)
    assert (other.question, other.answer) == ("What else?", "Nothing.")
    assert (other.number, other.expected) == (2, None)
    assert after == Prose("\n\nThe end.\n")


def test_a_list_of_questions_disappears() -> None:
    lesson = parse(LISTED)
    before, first, second, after = lesson.blocks
    assert before == Prose("# Areas\n\nBefore you go on:\n\n")
    assert isinstance(first, Checkpoint)
    assert isinstance(second, Checkpoint)
    assert (first.number, first.question) == (1, "**Why `+=` here?**")
    assert first.answer == "A value may be used twice."
    assert (second.number, second.question) == (2, "**Which comes first?**")
    assert second.answer == "The root (1.0)"
    assert after == Prose("\n\n---\n\n*The end.*\n")


def test_a_mixed_list_keeps_its_other_items() -> None:
    lesson = parse(
        dedent("""\
        1. Read this.
        2. Why?

           It goes on.
           <details><summary>Answer</summary>

           Because:

           ```text
           <details>
             x
           ```

           - a
             b
           </details>

           A word more.
        3. Read that.
        """)
    )
    before, checkpoint, after = lesson.blocks
    assert before == Prose("1. Read this.\n")
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.question == "Why?\n\nIt goes on."
    assert checkpoint.answer == "Because:\n\n```text\n<details>\n  x\n```\n\n- a\n  b"
    assert after == Prose("\n\nA word more.\n3. Read that.\n")


def test_bullets_and_two_digit_numbers_are_lists_too() -> None:
    lesson = parse(
        "- Q1?\n  <details>A1</details>\n- Q2?\n  <details>A2</details>\n\n"
        "10. Q3?\n    <details>\n\n    A3\n\n    B3\n    </details>\n"
    )
    assert [(c.question, c.answer) for c in lesson.checkpoints] == [
        ("Q1?", "A1"),
        ("Q2?", "A2"),
        ("Q3?", "A3\n\nB3"),
    ]
    assert len(lesson.blocks) == 3


def test_two_questions_in_one_item() -> None:
    lesson = parse("1. Q1?\n   <details>A1</details>\n\n   Q2?\n   <details>A2</details>\n")
    assert [(c.question, c.answer) for c in lesson.checkpoints] == [("Q1?", "A1"), ("Q2?", "A2")]
    assert len(lesson.blocks) == 2


@pytest.mark.parametrize(
    "tag",
    [
        '<details data-answer="1 2" data-tolerance="0.5">',
        "<details data-tolerance='0.5' data-answer='1 2'>",
        '<DETAILS DATA-ANSWER = "1, 2"\n  data-tolerance=0.5 open>',
        '<details class="a > b" data-answer="(1, 2)" data-tolerance=".5" >',
        "<details data-answer='[[1], [2]]' data-tolerance='1/2'>",
    ],
)
def test_attributes_in_any_order_and_quotes(tag: str) -> None:
    found = only(f"Q?\n\n{tag}<summary>Answer</summary>\n\nA.\n\n</Details>\n")
    assert (found.expected, found.tolerance) == ((1.0, 2.0), 0.5)
    assert (found.question, found.answer) == ("Q?", "A.")


def test_numbers_of_an_answer_as_an_author_writes_them() -> None:
    found = only('Q?\n<details data-answer="\u22120.4 1e-5 1/4 203530">A</details>')
    assert found.expected == (-0.4, 1e-5, 0.25, 203530.0)


@pytest.mark.parametrize(
    "leader", ["**Checkpoint.** ", "**Checkpoint 3.**\n", "**checkpoint:** ", "**Checkpoint**: "]
)
def test_the_leader_is_not_part_of_the_question(leader: str) -> None:
    assert only(f"{leader}What is it?\n\n<details>A</details>").question == "What is it?"
    assert only(f"1. {leader}What is it?\n\n   <details>A</details>").question == "What is it?"


def test_a_question_is_all_from_its_leader_on() -> None:
    text = (
        "Before.\n\n**Checkpoint.** Look:\n\n```python\nx = 1\n```\n\nWhat?\n\n<details>A</details>"
    )
    lesson = parse(text)
    assert lesson.blocks[0] == Prose("Before.\n\n")
    assert lesson.checkpoints[0].question == "Look:\n\n```python\nx = 1\n```\n\nWhat?"


def test_a_leader_within_a_paragraph_begins_the_question() -> None:
    lesson = parse("Before.\n**Checkpoint.** What?\n<details>A</details>")
    assert lesson.blocks[0] == Prose("Before.\n")
    assert lesson.checkpoints[0].question == "What?"


def test_code_may_stand_between_question_and_answer() -> None:
    found = only("Not this.\n\nWhat is `x`?\n\n```python\nx = 1\n```\n\n<details>1</details>")
    assert found.question == "What is `x`?\n\n```python\nx = 1\n```"


def test_details_in_code_or_comments_are_text() -> None:
    text = dedent("""\
        # Areas

        Write `<details>` or ``a ` </details>``, or \\<details>.

        ```markdown
        <details><summary>Answer</summary>A</details>
        ```

        ~~~
        </details>
        ~~~

            <details>

        <!-- <details> -->
        """)
    assert parse(text).blocks == (Prose(text),)


def test_code_in_an_answer_without_blank_lines_around_it() -> None:
    found = only("Q?\n<details><summary>A</summary>\n```\n</details>\n\n<details>\n```\n</details>")
    assert found.answer == "```\n</details>\n\n<details>\n```"


def test_details_indented_as_html() -> None:
    found = only(
        "Q?\n\n<details>\n    <summary>Answer</summary>\n    One.\n\n    - two\n</details>\n"
    )
    assert found.answer == "One.\n\n- two"


def test_question_and_answer_on_one_line() -> None:
    found = only("Why? <details><summary>Answer</summary>So.</details> And on.")
    assert (found.question, found.answer) == ("Why?", "So.")


def test_titles() -> None:
    assert parse("").title == "Areas"
    assert parse("").blocks == ()
    assert parse("text\n").title == "Areas"
    assert parse_lesson("x", name="linear-layer", path=PATH).title == "Linear layer"
    assert parse("```\n# code\n```\n\n## Two\n\n# One #\n").title == "One"
    assert parse("## Two\n").title == "Two"


def test_ids_last_while_the_question_does() -> None:
    first, second = parse(PARAGRAPHS).checkpoints
    moved = parse(PARAGRAPHS.replace("Some text.", "Other?\n\n<details>A</details>\n\nText."))
    assert [c.id for c in moved.checkpoints[1:]] == [first.id, second.id]
    assert moved.checkpoints[1].number == 2
    rewrapped = parse(PARAGRAPHS.replace("`W` is\n(3, 5)", "`W` is (3, 5)"))
    assert rewrapped.checkpoints[0].id == first.id
    answered = parse(PARAGRAPHS.replace("a gradient has", "gradients have"))
    assert answered.checkpoints[0].id == first.id
    asked = parse(PARAGRAPHS.replace("What shape", "Which shape"))
    assert asked.checkpoints[0].id != first.id
    assert first.id.startswith("x-is-4-3-and-")


def test_ids_are_unique_in_a_lesson() -> None:
    lesson = parse("Why?\n<details>A</details>\n\n" * 3 + "\u2203?\n\n<details>B</details>")
    ids = [c.id for c in lesson.checkpoints]
    assert len(set(ids)) == 4
    assert ids[1] == f"{ids[0]}-2"
    assert ids[3].startswith("question-")


BROKEN = [
    ("Q?\n\n<details>\n\nA\n", 3, "never closed", "</details>"),
    ("Q?\n\n<details>\n\n```\n</details>\n", 3, "never closed", "</details>"),
    ("Q?\n\nA\n\n</details>\n", 5, "closes nothing", "<details><summary>Answer"),
    ("Q?\n<details>A</details>\n</details>\n", 3, "closes nothing", "<details><summary>Answer"),
    ("Q?\n<details>\nA\n<details>B</details>", 4, "within the one of line 2", "</details>"),
    ("Q?\n<details>\n\nA\n\nQ?\n\n<details>B</details>\n", 8, "the one of line 2", "line 2"),
    ("<details>A</details>", 1, "no question", "**Checkpoint.** What is it?"),
    ("# T\n\n<details>A</details>", 3, "no question", "**Checkpoint.** What is it?"),
    ("Text.\n\n# T\n\n<details>A</details>", 5, "no question", "**Checkpoint.**"),
    ("Q?\n<details>A</details>\n<details>B</details>", 3, "no question", "**Checkpoint.**"),
    ("**Checkpoint.**\n\n<details>A</details>", 3, "no question", "**Checkpoint.**"),
    ("1. Q?\n\n<details>A</details>", 3, "behind a list", "Indent it"),
    ("9. Q\n   <details>A</details>\n10. R\n   <details>B</details>", 4, "behind a list", "Indent"),
    ("1. Q?\n   <details>\n\nA\n</details>", 2, "ends outside it", "Indent the answer"),
    ("1.\n   <details>A</details>", 2, "no question", "**Checkpoint.**"),
    ("> Q?\n>\n> <details>A</details>", 3, "in a quotation", "by itself"),
    ("- x\n  - Q?\n    <details>A</details>", 3, "a list within a list", "by itself"),
    ("Q?\n<details></details>", 2, "empty answer", "The answer, and why."),
    ("Q?\n<details><summary>A</summary>\n\n \n</details>", 2, "empty answer", "The answer"),
    ("Q?\n<details><summary>A\n\nx</details>", 2, "<summary> of this", "</summary>"),
    ('Q?\n<details data-answer="">A</details>', 2, "has no numbers", 'data-answer="3 5"'),
    ("Q?\n<details data-answer>A</details>", 2, "has no numbers", 'data-answer="3 5"'),
    ('Q?\n<details data-answer="(,)">A</details>', 2, "has no numbers", 'data-answer="3 5"'),
    ('Q?\n<details data-answer="3 five">A</details>', 2, "'five'", 'data-answer="3 5"'),
    ('Q?\n<details data-answer="nan">A</details>', 2, "'nan'", 'data-answer="3 5"'),
    ('Q?\n<details data-answer="1e999">A</details>', 2, "'1e999'", 'data-answer="3 5"'),
    ('Q?\n<details data-answer="1" data-tolerance="x">A</details>', 2, "'x'", '="0.001"'),
    ('Q?\n<details data-answer="1" data-tolerance="-1">A</details>', 2, "'-1'", '="0.001"'),
    ('Q?\n<details data-answer="1" data-tolerance="inf">A</details>', 2, "'inf'", '="0.001"'),
    ('Q?\n<details data-answer="1" data-tolerance="">A</details>', 2, "''", '="0.001"'),
    ('Q?\n<details data-tolerance="1">A</details>', 2, "no data-answer", '="0.001"'),
    ('Q?\n<details data-anser="1">A</details>', 2, "data-anser", "mean data-answer?"),
    ('Q?\n<details data-answer="3 5>A</details>', 2, "not written as it must", '"3 5">'),
    ("# T\n\n**Checkpoint.** Q?\n\nText.\n", 3, "has no answer", "<details><summary>Answer"),
    ("**Checkpoint 1.** Q?\n\n**Checkpoint 2.** R?\n<details>A</details>", 1, "no answer", "Write"),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), BROKEN)
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(CourseError) as caught:
        parse(text)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert (error.path, error.line) == (PATH, line)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, end: str) -> None:
    file = tmp_path / "03-areas.md"
    file.write_bytes(PARAGRAPHS.replace("\n", end).encode())
    assert parse(read_text(file)) == parse(PARAGRAPHS)
    with pytest.raises(CourseError) as caught:
        parse(f"Q?{end}{end}<details>")
    assert caught.value.line == 3


_PIECES = [
    *("Q?", "**Checkpoint.** Q?", "# T", "- ", "1. ", "> ", "   ", "    ", "```", "~~~", "`", "\\"),
    *("<details>", "</details>", '<details data-answer="1">', "<details", "<summary>A</summary>"),
    *("<!--", "-->", "---", "<div>", "\n", "\n\n", " ", "text", "\t", "[a]: b", "|a|b|", "\r"),
]
_DOCUMENTS = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))


@given(_DOCUMENTS)
def test_any_text_is_a_lesson_or_an_error(text: str) -> None:
    try:
        lesson = parse(text)
    except CourseError as error:
        told = error
    else:
        assert [c.number for c in lesson.checkpoints] == [*range(1, len(lesson.checkpoints) + 1)]
        assert len({c.id for c in lesson.checkpoints}) == len(lesson.checkpoints)
        assert all(c.question and c.answer for c in lesson.checkpoints)
        return
    assert told.line is not None
    assert 1 <= told.line <= len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert told.hint


@given(_DOCUMENTS)
def test_a_text_without_details_is_its_own_prose(text: str) -> None:
    text = text.replace("<details", "<div").replace("</details", "</div").replace("**Ch", "**ch-")
    lesson = parse(text)
    assert prose(lesson) == text
    assert not lesson.checkpoints


_WORDS = st.text(alphabet="abc xyz", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(_WORDS, _WORDS, _WORDS), min_size=1, max_size=5), st.booleans())
def test_what_is_written_is_what_is_asked(
    written: list[tuple[str, str, str]], blank_lines: bool
) -> None:
    gap = "\n\n" if blank_lines else "\n"
    text = "".join(
        f"{text}\n\n{question}{gap}<details><summary>Answer</summary>{gap}{answer}{gap}</details>\n\n"
        for text, question, answer in written
    )
    lesson = parse(text)
    assert [(c.question, c.answer) for c in lesson.checkpoints] == [
        (question, answer) for _, question, answer in written
    ]
    assert prose(lesson).split() == " ".join(text for text, _, _ in written).split()
