"""Markdown of a course: one parser for all of it, and links that lead to lessons."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from textual.message import Message
from textual.widgets import Markdown


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Prose(Markdown):
    """A piece of Markdown, as tall as it is."""

    BULLETS = ["• ", "◦ ", "▪ "]  # noqa: RUF012 - Textual's

    class LinkFollowed(Message):
        """A link was clicked; `href` is what the course's author wrote."""

        def __init__(self, href: str) -> None:
            super().__init__()
            self.href = href

    def __init__(self, text: str, *, classes: str | None = None) -> None:
        super().__init__(text, parser_factory=_parser, open_links=False, classes=classes)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        self.post_message(self.LinkFollowed(event.href))
