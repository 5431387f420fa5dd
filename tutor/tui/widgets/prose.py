"""Markdown of a course to read; its links lead to lessons."""

from __future__ import annotations

from textual.message import Message

from tutor.tui.widgets.lines import PiecesText
from tutor.tui.widgets.markdown_text import markdown_pieces


class Prose(PiecesText):
    """A piece of Markdown, as tall as it is."""

    class LinkFollowed(Message):
        """A link was clicked; `href` is what the course's author wrote."""

        def __init__(self, href: str) -> None:
            super().__init__()
            self.href = href

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.show(markdown_pieces(text, ansi=self.app.native_ansi_color))

    def action_follow(self, href: str) -> None:
        self.post_message(self.LinkFollowed(href))
