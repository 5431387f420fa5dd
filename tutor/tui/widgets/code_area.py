"""The editor inside the tutor."""

from __future__ import annotations

from textual.widgets import TextArea
from textual.widgets.text_area import Document


class CodeArea(TextArea):
    """Python with colours, line numbers, and Tab as indentation."""

    @classmethod
    def with_source(cls, source: str, *, plain: bool) -> CodeArea:
        """An editor on `source`; `plain` leaves colours to the terminal."""
        return cls(
            source,
            language="python",
            theme="css" if plain else "vscode_dark",
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            compact=True,
        )


def text_for_editing(source: bytes) -> str | None:
    """The text of a file if this editor shows all of it and gives back the same bytes."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return None
    visible = all(c.isprintable() or c in "\n\r\t" for c in text)
    return text if visible and Document(text).text == text else None
