"""The glossary is one: in order, short, and a way to every lesson."""

from __future__ import annotations

import re

from tutor.course.loader import Course

LESSONS = Course.locate(None) / "lessons"
PAGE = (LESSONS / "90-glossary.md").read_text(encoding="utf-8")
MOST_SENTENCES = 3


def entries(page: str) -> list[tuple[str, str, list[str]]]:
    """Each term with what is said about it and the files of its links."""
    found = re.findall(
        r"^\*\*(.+?)\.\*\* (.+?)\s→\s(.+?)(?=\n\n|\n*\Z)", page, re.MULTILINE | re.DOTALL
    )
    return [(term, text, re.findall(r"\]\((.+?)\)", links)) for term, text, links in found]


def order(term: str) -> str:
    return re.sub(r"[`_]", " ", term).strip().lower()


def sentences(text: str) -> int:
    return len(re.findall(r"\.(?=\s|\Z|\))", text))


def test_every_paragraph_of_the_glossary_is_an_entry() -> None:
    assert len(entries(PAGE)) == PAGE.count("\n**")
    assert len(entries(PAGE)) > 100


def test_terms_stand_in_order_each_once_and_under_its_letter() -> None:
    terms = [order(term) for term, _, _ in entries(PAGE)]
    assert terms == sorted(set(terms))
    letter = ""
    for heading, term in re.findall(r"^## (.)$|^\*\*(.+?)\.\*\*", PAGE, re.MULTILINE):
        letter = heading.lower() or letter
        assert not term or order(term)[0] == letter, term


def test_entries_are_short_and_lead_on() -> None:
    for term, text, links in entries(PAGE):
        assert sentences(text) <= MOST_SENTENCES, term
        assert links, term


def test_the_glossary_leads_to_every_lesson_that_teaches() -> None:
    linked = {file for _, _, links in entries(PAGE) for file in links}
    teaching = {path.name for path in LESSONS.glob("[012][0-9]-*.md")} - {"00-how-this-works.md"}
    assert teaching <= linked


def test_an_entry_out_of_order_or_too_long_would_be_seen() -> None:
    page = (
        "## A\n\n**Axis.** One. Two 1.0. Three. Four. → [A](a.md),\n[B](b.md)\n\n"
        "**Adam.** C. → [A](a.md)\n"
    )
    told = entries(page)
    assert [order(term) for term, _, _ in told] == ["axis", "adam"]
    assert [sentences(text) for _, text, _ in told] == [4, 1]
    assert told[0][2] == ["a.md", "b.md"]
