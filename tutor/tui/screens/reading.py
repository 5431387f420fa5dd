"""A lesson above an exercise: where a mistake is explained, and back."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.sections import slug
from tutor.progress.records import Answer
from tutor.session import Session
from tutor.spec import Lesson
from tutor.tui.keys import bindings
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.prose import Prose


class ReadingScreen(LessonScreen):
    """A lesson opened at one of its sections, the title of which is `section`; empty: the top."""

    PLACE = "reading"
    BINDINGS = bindings("reading")

    def __init__(
        self,
        session: Session,
        lesson: Lesson,
        answers: Mapping[str, Answer],
        typed: dict[str, str],
        section: str,
    ) -> None:
        super().__init__(session, lesson, answers, typed)
        self._anchor = slug(section)
        # The beginning would be seen for a moment, though the section is what is opened.
        self.page.styles.opacity = 0.0 if section else 1.0

    def be_complete(self) -> None:
        """Go to the section first: a lesson is not read because its last section was opened."""
        if self._anchor:
            self._go_to_section()
            self._anchor = ""
            self.afterwards(super().be_complete)
        else:
            super().be_complete()

    def _go_to_section(self) -> None:
        self.page.styles.opacity = 1.0
        for prose in self.query(Prose):
            line = prose.line_of(self._anchor)
            if line is not None:
                at = prose.virtual_region.y + line
                self.page.scroll_to(y=at, animate=False, immediate=True)
                return
