"""The hints that are open, and what opens the next one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from tutor.session import Ladder
from tutor.tui.widgets.prose import Prose


class HintsPane(Vertical):
    """The ladder as it stands. `insisting` is set after a first `h` before a locked hint."""

    ladder: reactive[Ladder | None] = reactive(None, recompose=True)
    insisting: reactive[bool] = reactive(False, init=False)

    def compose(self) -> ComposeResult:
        ladder = self.ladder
        if ladder is None:
            return
        for hint in ladder.shown:
            yield Static(
                f"Hint {hint.number} of {ladder.total}: {hint.title}",
                classes="hint-title",
                markup=False,
            )
            yield Prose(hint.text)
        yield Static(self._gate(), classes="hint-gate", markup=False)

    def watch_insisting(self) -> None:
        for gate in self.query(".hint-gate").results(Static):
            gate.update(self._gate())

    def _gate(self) -> str:
        ladder = self.ladder
        if ladder is None:
            return ""
        if not ladder.total:
            return "This exercise has no hints."
        if len(ladder.shown) == ladder.total:
            return f"All hints are open. {ladder.solution.says} s shows it."
        if ladder.next_hint.open:
            return f"{ladder.next_hint.says} h shows it."
        if self.insisting:
            return f"{ladder.next_hint.says} Press h once more to see it now anyway."
        return ladder.next_hint.says
