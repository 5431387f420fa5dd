"""A lesson to read, with its checkpoints between the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tutor import itinerary
from tutor.progress.records import Answer
from tutor.session import Session
from tutor.spec import Checkpoint, Lesson
from tutor.tui.keys import bindings
from tutor.tui.screens.base import ScrolledScreen
from tutor.tui.widgets.checkpoint_card import CheckpointCard
from tutor.tui.widgets.lesson_end import LessonEnd
from tutor.tui.widgets.prose import Prose
from tutor.tui.widgets.title_line import Title

_FIRST_BLOCKS = 1  # the first screenful; the rest follows while it is being read


class LessonScreen(ScrolledScreen):
    """One lesson. Reading to its end, or going on from it, marks it as read."""

    PLACE = "lesson"
    CSS_PATH = "../styles/lesson.tcss"
    BINDINGS = bindings("lesson")
    AUTO_FOCUS = "#page"

    class AnswerKept(Message):
        """An answer or its mark is kept."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    def __init__(
        self,
        session: Session,
        lesson: Lesson,
        answers: Mapping[str, Answer],
        typed: dict[str, str],
    ) -> None:
        """`typed` keeps what is typed into the fields and not committed, by checkpoint."""
        super().__init__()
        self._session = session
        self._answers = dict(answers)
        self._typed = typed
        self.lesson = lesson
        self._complete = False
        self._answer_wanted = False
        self._read = False
        self.page = VerticalScroll(id="page")
        self._column = Vertical(id="column")

    def body(self) -> ComposeResult:
        with self.page, self._column:
            yield from (self._block(block) for block in self.lesson.blocks[:_FIRST_BLOCKS])

    def _block(self, block: object) -> Widget:
        if isinstance(block, Checkpoint):
            typed = self._typed.get(block.id, "")
            return CheckpointCard(block, self._answers.get(block.id), typed)
        text = getattr(block, "text", "")
        # The title line tells the title already.
        return Prose(re.sub(r"\A\s*# .*\n", "", text) if block is self.lesson.blocks[0] else text)

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.page, "scroll_y", self._scrolled, init=False)
        self.watch(self.page, "virtual_size", self._scrolled, init=False)
        self.afterwards(self._mount_rest)

    async def _mount_rest(self) -> None:
        rest = [self._block(block) for block in self.lesson.blocks[_FIRST_BLOCKS:]]
        await self._column.mount_all([*rest, LessonEnd()])
        self._tell_end()
        self.afterwards(self.be_complete)

    def be_complete(self) -> None:
        """All is there and laid out; a key that came earlier is answered now."""
        self._complete = True
        self._scrolled()
        self._show_reading_keys()
        if self._answer_wanted:
            self.action_answer()

    @property
    def scrolled(self) -> Widget:
        return self.page

    def title_now(self) -> Title:
        if self.overview is None:
            return Title(self.lesson.title)
        unit = next(
            (
                leg
                for leg in itinerary.legs(self.overview)
                if any(stop.name == self.lesson.name for stop in leg.stops)
            ),
            None,
        )
        parts = (f"unit {unit.number}, {unit.title}",) if unit else ()
        return Title(self.lesson.title, parts, self._place_words())

    def _place_words(self) -> str:
        if not self._complete or not self.stands or self.page.max_scroll_y <= 0:
            return ""
        return f"{round(100 * self.page.scroll_y / self.page.max_scroll_y)} %"

    def watch_overview(self) -> None:
        super().watch_overview()
        self._tell_end()

    def _tell_end(self) -> None:
        for end in self.query(LessonEnd):
            end.still_open = sum(card.is_open for card in self.query(CheckpointCard))
            if self.overview is not None:
                end.following = itinerary.after(self.overview, "lesson", self.lesson.name)

    # -- reading --------------------------------------------------------------------------------

    def _scrolled(self) -> None:
        if not self.stands:
            return
        self.show_title()
        if self._complete and self.page.is_vertical_scroll_end:
            self._mark_read()

    def _mark_read(self) -> None:
        if self._read:
            return
        self._read = True

        def keep() -> Message:
            self._session.mark_read(self.lesson.name)
            return self.ProgressMade()

        self.do(keep)

    def action_next(self) -> None:
        self._mark_read()
        self.post_message(self.NextChosen("lesson", self.lesson.name))

    def action_back(self) -> None:
        """Out of an answer field first, then out of the lesson."""
        if self.focused is not None and self.focused is not self.page:
            self.set_focus(self.page, scroll_visible=False)
        else:
            self.post_message(self.Left(self))

    # -- checkpoints ----------------------------------------------------------------------------

    def action_answer(self) -> None:
        """To the first open checkpoint from here on, else to the first open one."""
        self._answer_wanted = not self._complete
        if self._answer_wanted:
            return
        cards = [card for card in self.query(CheckpointCard) if card.is_open]
        if not cards:
            self.notify("Every checkpoint of this lesson is answered.")
            return
        top = self.page.scroll_y
        below = (card for card in cards if card.virtual_region.y >= top)
        next(below, cards[0]).focus_field()

    @on(CheckpointCard.Typed)
    def _keep_typed(self, event: CheckpointCard.Typed) -> None:
        self._typed[event.checkpoint] = event.text

    @on(CheckpointCard.Committed)
    def _commit(self, event: CheckpointCard.Committed) -> None:
        self.do(
            lambda: self.AnswerKept(
                self._session.answer(self.lesson.name, event.checkpoint, event.text)
            )
        )

    @on(CheckpointCard.Marked)
    def _mark(self, event: CheckpointCard.Marked) -> None:
        self.do(
            lambda: self.AnswerKept(
                self._session.mark_answer(self.lesson.name, event.checkpoint, event.mark)
            )
        )

    @on(AnswerKept)
    def _show_answer(self, event: AnswerKept) -> None:
        for card in self.query(CheckpointCard):
            if card.checkpoint.id == event.answer.checkpoint:
                card.answer = event.answer
                self._typed.pop(card.checkpoint.id, None)
        self._tell_end()

    @on(CheckpointCard.Settled)
    def _back_to_text(self) -> None:
        if self.stands:
            self.set_focus(self.page, scroll_visible=False)

    def _show_reading_keys(self) -> None:
        some_open = not self._complete or any(card.is_open for card in self.query(CheckpointCard))
        self.show_keys(self.PLACE, without="" if some_open else "answer")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        around = (event.widget, *event.widget.ancestors)
        card = next((w for w in around if isinstance(w, CheckpointCard)), None)
        if isinstance(event.widget, Input):
            self.show_keys("answer")
        elif card is not None and card.awaits_mark:
            self.show_keys("mark")
        else:
            self._show_reading_keys()

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        self._show_reading_keys()
