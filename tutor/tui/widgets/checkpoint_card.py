"""A question, the learner's answer, and only then ours."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Input, Label

from tutor.progress.records import Answer, Mark
from tutor.spec import Checkpoint
from tutor.tui.keys import bindings
from tutor.tui.widgets.prose import Prose

MARKS: tuple[Mark, ...] = ("right", "partly", "wrong")


class CheckpointCard(Vertical):
    """One checkpoint. It shows its answer once `answer` is set, and never before."""

    BINDINGS = bindings("mark")

    answer: reactive[Answer | None] = reactive(None, init=False)

    class Committed(Message):
        """The learner committed an answer; None for "I don't know"."""

        def __init__(self, checkpoint: str, text: str | None) -> None:
            super().__init__()
            self.checkpoint = checkpoint
            self.text = text

    class Marked(Message):
        """The learner marked their own answer."""

        def __init__(self, checkpoint: str, mark: Mark) -> None:
            super().__init__()
            self.checkpoint = checkpoint
            self.mark = mark

    class Typed(Message):
        """The answer field holds this text now."""

        def __init__(self, checkpoint: str, text: str) -> None:
            super().__init__()
            self.checkpoint = checkpoint
            self.text = text

    class Settled(Message):
        """Nothing is left to do here; the focus has nowhere to be."""

    def __init__(self, checkpoint: Checkpoint, answer: Answer | None, typed: str = "") -> None:
        super().__init__()
        self.checkpoint = checkpoint
        self._typed = typed
        self.set_reactive(CheckpointCard.answer, answer)

    @property
    def is_open(self) -> bool:
        return self.answer is None

    @property
    def awaits_mark(self) -> bool:
        return self.answer is not None and self.answer.mark is None

    def compose(self) -> ComposeResult:
        yield Label(f"Checkpoint {self.checkpoint.number}", classes="card-title")
        yield Prose(self.checkpoint.question)
        yield from self._state()

    def _state(self) -> list[Widget]:
        """The widgets below the question, for the answer as it stands."""
        answer = self.answer
        if answer is None:
            expected = self.checkpoint.expected
            what = "your words" if expected is None else _count(expected)
            placeholder = f"{what}, then Enter"
            field = Input(self._typed, placeholder=placeholder, select_on_focus=False, compact=True)
            unknown = Button("I don't know", id="unknown", compact=True)
            return [Horizontal(field, unknown, classes="card-state field")]
        if answer.text is None:
            said = "You said that you don't know."
        else:
            said = f"Your answer: {answer.text}"
        line: list[Widget] = [Label(said, markup=False)]
        if answer.mark is not None and answer.text is not None:
            line.append(Label(answer.mark, classes=f"mark -{answer.mark}"))
        shown: list[Widget] = [
            Horizontal(*line, classes="said"),
            Label("Our answer", classes="card-title"),
            Prose(self.checkpoint.answer),
        ]
        if self.awaits_mark:
            buttons = [Button(mark, id=f"mark-{mark}", compact=True) for mark in MARKS]
            shown.append(Horizontal(Label("How was yours?"), *buttons, classes="field -marking"))
        return [Vertical(*shown, classes="card-state")]

    async def watch_answer(self) -> None:
        """Show what the answer leads to, with the question where it was on the screen."""
        had_focus = self.has_focus_within
        self.can_focus = False
        if had_focus:
            self.screen.set_focus(None)
        await self.query_children(".card-state").remove()
        if not self.is_attached:
            return
        await self.mount_all(self._state())
        if had_focus and self.awaits_mark:
            # On the card, not on a button: one Enter too many must not mark the answer.
            self.can_focus = True
            self.screen.set_focus(self, scroll_visible=False)
        elif had_focus:
            self.post_message(self.Settled())

    def focus_field(self) -> None:
        """Put the cursor into the answer field."""
        self.screen.set_focus(self.query_one(Input))

    @on(Input.Changed)
    def _tell_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.checkpoint.id, event.value))

    @on(Input.Submitted)
    def _commit(self, event: Input.Submitted) -> None:
        event.stop()
        expected = self.checkpoint.expected
        if expected is not None and not _readable(event.value, expected):
            event.input.value = ""
            event.input.placeholder = f"{_count(expected)} in digits, then Enter"
        elif event.value.strip():
            self.post_message(self.Committed(self.checkpoint.id, event.value.strip()))

    @on(Button.Pressed, "#unknown")
    def _commit_nothing(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Committed(self.checkpoint.id, None))

    @on(Button.Pressed)
    def _mark_by_button(self, event: Button.Pressed) -> None:
        event.stop()
        for mark in MARKS:
            if event.button.id == f"mark-{mark}":
                self.action_mark(mark)

    def action_mark(self, mark: Mark) -> None:
        if self.awaits_mark:
            self.post_message(self.Marked(self.checkpoint.id, mark))


def _count(expected: tuple[float, ...]) -> str:
    return "one number" if len(expected) == 1 else f"{len(expected)} numbers with spaces between"


def _readable(text: str, expected: tuple[float, ...]) -> bool:
    from tutor.course.marking import can_be_marked

    return can_be_marked(text, expected)
