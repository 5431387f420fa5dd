"""Sections of lessons as places to link to: `linear-layer#one-number-at-a-time`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.course.text import headings

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reading(Struct, frozen=True):
    """Where to read on: a lesson, and a section of it (empty: the whole lesson)."""

    lesson: str
    title: str
    section: str = ""

    def words(self) -> str:
        """`The linear layer: One number at a time`."""
        return f"{self.title}: {self.section}" if self.section else self.title


def slug(title: str) -> str:
    """A heading as a link: lower case, hyphens for spaces, no punctuation; letters are kept."""
    letters = re.sub(r"[^\w\s-]", "", title.casefold())
    return re.sub(r"\s+", "-", letters.strip())


def sections_of(lines: Iterable[str]) -> dict[str, str]:
    """The titles of a lesson's sections by slug."""
    return {slug(heading.title): heading.title for heading in headings(lines) if heading.level > 1}
