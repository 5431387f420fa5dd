"""The yardstick of the first screen: the least that a Textual program with some text can be."""

from textual.app import App, ComposeResult
from textual.widgets import Markdown


class OneMarkdown(App[None]):
    def compose(self) -> ComposeResult:
        yield Markdown("# Hello\n\nA paragraph, and then `first_save` is drawn.\n")


if __name__ == "__main__":
    OneMarkdown().run()
