"""The editor inside the tutor."""

from __future__ import annotations

from dataclasses import replace

from textual.events import Key
from textual.widgets import TextArea
from textual.widgets.text_area import Document, TextAreaTheme

_BUILT_IN = TextAreaTheme.get_builtin_theme("vscode_dark")
# Its colours for words; the ground is the screen's own.
_COLOURS = _BUILT_IN and replace(
    _BUILT_IN,
    name="bp-tutor",
    base_style=None,
    gutter_style=None,
    cursor_line_style=None,
    cursor_line_gutter_style=None,
)


class CodeArea(TextArea):
    """Python with colours, line numbers, and Tab as indentation."""

    @classmethod
    def with_source(cls, source: str, *, plain: bool) -> CodeArea:
        """An editor on `source`; `plain` leaves colours to the terminal."""
        area = cls(
            source,
            language="python",
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            compact=True,
        )
        if not plain and _COLOURS is not None:
            area.register_theme(_COLOURS)
            area.theme = _COLOURS.name
        return area

    def on_key(self, event: Key) -> None:
        """A new line begins where the one before it did, and deeper after a colon."""
        if event.key != "enter" or self.read_only:
            return
        event.prevent_default()
        event.stop()
        start, end = sorted((self.selection.start, self.selection.end))
        before = self.document.get_line(start[0])[: start[1]]
        indent = before[: len(before) - len(before.lstrip())]
        deeper = " " * self.indent_width if before.rstrip().endswith(":") else ""
        newline = self.document.newline
        self.replace(newline + indent + deeper, start, end, maintain_selection_offset=False)


def text_for_editing(source: bytes) -> str | None:
    """The text of a file if this editor shows all of it and gives back the same bytes."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return None
    visible = all(c.isprintable() or c in "\n\r\t" for c in text)
    return text if visible and Document(text).text == text else None
