"""Makes the screens that need something read first; a broken course becomes a screen that says so.

The modules of the screens are imported here when they are first needed, not before the map stands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from tutor.course.sections import Reading
from tutor.errors import TutorError
from tutor.itinerary import Kind
from tutor.session import Session
from tutor.tui.problem import Problem, problem_of
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.problem import ProblemScreen
from tutor.tui.widgets.title_line import Title


def exercise_screen(session: Session, name: str) -> TutorScreen:
    """The screen of an exercise."""

    def make() -> TutorScreen:
        from tutor.tui.screens.exercise import ExerciseScreen

        return ExerciseScreen(session, name, session.brief(name), session.ladder(name))

    return _or_problem(name, make)


def lesson_screen(session: Session, name: str, typed: dict[str, str]) -> TutorScreen:
    """The screen of a lesson; `typed` is what stands in its answer fields."""

    def make() -> TutorScreen:
        from tutor.tui.screens.lesson import LessonScreen

        return LessonScreen(session, session.lesson(name), session.answers(name), typed)

    return _or_problem(name, make)


def reading_screen(session: Session, reading: Reading, typed: dict[str, str]) -> TutorScreen:
    """A lesson to look into from an exercise, at its section."""
    name = reading.lesson

    def make() -> TutorScreen:
        from tutor.tui.screens.reading import ReadingScreen

        lesson, answers = session.lesson(name), session.answers(name)
        return ReadingScreen(session, lesson, answers, typed, reading.section)

    return _or_problem(name, make)


def edit_screen(session: Session, name: str) -> TutorScreen:
    """The editor inside the tutor."""
    return _or_problem(name, lambda: _edit(session, name))


def history_screen(session: Session, name: str) -> TutorScreen:
    """The kept versions of an exercise."""

    def make() -> TutorScreen:
        from tutor.tui.screens.history import HistoryScreen

        return HistoryScreen(session, name, session.history(name), session.current_sha256(name))

    return _or_problem(name, make)


def source_screen(title: Title, source: str) -> TutorScreen:
    """A source to read."""
    from tutor.tui.screens.source import SourceScreen

    return SourceScreen(title, source)


def link_target(session: Session, href: str) -> tuple[Kind, str] | None:
    """The lesson or exercise that a relative link in the course's Markdown leads to."""
    if "://" in href:
        return None
    path = PurePosixPath(href.partition("#")[0])
    entry = session.course.find_lesson(path.name)
    if entry is not None:
        return "lesson", entry.name
    if path.stem in session.course.exercises:
        return "exercise", path.stem
    return None


def _or_problem(what: str, make: Callable[[], TutorScreen]) -> TutorScreen:
    try:
        return make()
    except TutorError as error:
        return ProblemScreen(what, problem_of(error))


def _edit(session: Session, name: str) -> TutorScreen:
    from tutor.tui.screens.edit import EditScreen
    from tutor.tui.widgets.code_area import text_for_editing

    source = session.workspace.read_if_any(name)
    if source is None:
        source = session.course.stub(name)
    if text_for_editing(source) is None:
        return ProblemScreen(
            name,
            Problem(
                "The editor here cannot show this file as it is.",
                str(session.path(name)),
                "It is not UTF-8, or holds invisible characters. e opens your own editor.",
            ),
        )
    return EditScreen(session, name, source)
