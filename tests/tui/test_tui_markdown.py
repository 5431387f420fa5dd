"""Markdown as lines of text."""

from __future__ import annotations

from textual.content import Content

from tutor.tui.widgets.lines import Pieces
from tutor.tui.widgets.markdown_text import inline, markdown_pieces


def lines(text: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in Pieces(markdown_pieces(text, ansi=False)).lines(width)]


def styles(text: str) -> list[tuple[str, str]]:
    """The first line's spans: which words, in which style."""
    content = Pieces(markdown_pieces(text, ansi=False)).lines(80)[0]
    assert isinstance(content, Content)
    return [(content.plain[start:end], str(style)) for start, end, style in content.spans]


def test_paragraphs_wrap_and_are_set_apart() -> None:
    assert lines("one two three\nfour\n\nfive", 9) == ["one two", "three", "four", "", "five"]


def test_a_hard_break_breaks() -> None:
    assert lines("one  \ntwo") == ["one", "two"]


def test_lists_hang_and_nest() -> None:
    text = "3. one two\n4. three\n   - four five\n   - six\n\nend"
    assert lines(text, 11) == [
        "3. one two",
        "4. three",
        "   ◦ four",
        "     five",
        "   ◦ six",
        "",
        "end",
    ]


def test_loose_lists_have_air() -> None:
    assert lines("- a\n\n- b") == ["• a", "", "• b"]


def test_quotes_have_an_edge_on_every_line() -> None:
    assert lines("> one two three", 9) == ["│ one two", "│ three"]


def test_fences_are_never_wrapped_and_never_command_the_terminal() -> None:
    picture = "x" * 50 + "\n   ─► \x1b[31m"
    assert lines(f"```text\n{picture}\n```") == ["x" * 50, "   ─► \\x1b[31m"]


def test_python_is_coloured() -> None:
    assert styles("```python\ndef f():\n    return 1\n```")


def test_code_keeps_its_lines() -> None:
    assert lines("```python\na = 1\n\nb = 2\n```") == ["a = 1", "", "b = 2"]


def test_tables_line_up_and_wrap_their_widest_column() -> None:
    text = "| name | what it is |\n|---|---|\n| `x` | a long cell of words |\n| yy | |\n"
    assert lines(text, 22) == [
        "name    what it is",
        "x       a long cell of",
        "        words",
        "yy",
    ]


def test_words_have_their_styles() -> None:
    assert styles("a `b` *c* **d**") == [
        ("b", ".text--code"),
        ("c", ".text--em"),
        ("d", ".text--strong"),
    ]


def test_links_can_be_followed() -> None:
    ((words, style),) = styles("see [the lesson](05-linear.md)")
    assert words == "the lesson"
    assert "follow('05-linear.md')" in style


def test_html_is_left_out_and_entities_are_read() -> None:
    assert lines("<b>bold</b> &amp; &lt;") == ["bold & <"]


def test_nothing_is_nothing() -> None:
    assert lines("") == []
    assert inline([]).plain == ""
