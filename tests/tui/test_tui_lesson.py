"""A lesson: read it, answer before ours is shown, mark, and go on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from small_course import PICTURE, Running, keys_told, on_screen, screen_text, title, until
from textual.pilot import Pilot
from textual.widgets import Input

from tutor.session import Session
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.map import MapScreen
from tutor.tui.widgets.checkpoint_card import CheckpointCard
from tutor.tui.widgets.lesson_end import LessonEnd
from tutor.tui.widgets.prose import Prose

OURS = "because a gradient has the shape"


async def opened(pilot: Pilot[None], name: str = "hello") -> None:
    pilot.app.open("lesson", name)  # type: ignore[attr-defined]
    await until(pilot, lambda: pilot.app.screen.query(LessonEnd))
    await pilot.pause()


def cards(pilot: Pilot[None]) -> Sequence[CheckpointCard]:
    return list(pilot.app.screen.query(CheckpointCard))


async def test_pictures_of_76_columns_are_whole_at_80(running: Running) -> None:
    async with running(size=(80, 24)) as pilot:
        await opened(pilot)
        await until(pilot, on_screen(pilot, PICTURE))


@pytest.mark.parametrize("width", [84, 90, 120, 200])
async def test_pictures_are_whole_at_other_widths(running: Running, width: int) -> None:
    async with running(size=(width, 36)) as pilot:
        await opened(pilot)
        await until(pilot, on_screen(pilot, PICTURE))


async def test_our_answer_is_not_there_before_theirs(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        assert OURS not in screen_text(pilot.app)
        assert not any(OURS in prose.source for prose in pilot.app.screen.query(Prose))


async def test_a_prediction_is_marked_by_the_tutor(running: Running, session: Session) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a", *"3 5", "enter")
        await until(pilot, on_screen(pilot, OURS))
        text = screen_text(pilot.app)
        assert "Your answer: 3 5" in text
        assert "right" in text
        assert "How was yours?" not in text
        (answer,) = session.answers("hello").values()
        assert (answer.text, answer.mark) == ("3 5", "right")


async def test_a_wrong_prediction_says_so(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a", *"5 3", "enter")
        await until(pilot, on_screen(pilot, OURS))
        assert cards(pilot)[0].answer.mark == "wrong"  # type: ignore[union-attr]


async def test_words_are_marked_by_the_learner(running: Running, session: Session) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        cards(pilot)[1].focus_field()
        await pilot.press(*"each has one", "enter")
        await until(pilot, on_screen(pilot, "How was yours?"))
        await until(pilot, lambda: keys_told(pilot.app).startswith("r:right p:partly w:wrong"))
        await pilot.press("p")
        await until(pilot, lambda: not cards(pilot)[1].awaits_mark)
        assert {a.text: a.mark for a in session.answers("hello").values()} == {
            "each has one": "partly"
        }
        await until(pilot, lambda: keys_told(pilot.app).startswith("Space"))


async def test_not_knowing_is_an_answer(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a", "tab", "enter")
        await until(pilot, on_screen(pilot, OURS))
        await until(pilot, on_screen(pilot, "You said that you don't know."))


async def test_nothing_is_committed_by_an_empty_line(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a", "enter")
        await pilot.pause(0.1)
        assert cards(pilot)[0].is_open


async def test_answers_stand_as_given_when_the_lesson_is_opened_again(
    running: Running, session: Session
) -> None:
    first = session.lesson("hello").checkpoints[0]
    session.answer("hello", first.id, "4 4")
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        text = screen_text(pilot.app)
        assert "Your answer: 4 4" in text
        assert OURS in text


async def test_markup_in_an_answer_is_text(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        cards(pilot)[1].focus_field()
        await pilot.press(*"[red", "right_square_bracket", *"x", "enter")
        await until(pilot, on_screen(pilot, "Your answer: [red]x"))


async def test_keys_in_an_answer_field_are_letters_and_escape_leaves_it(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a", "n", "q", "b")
        assert pilot.app.screen.query(Input).first().value == "nqb"
        await until(pilot, lambda: keys_told(pilot.app).startswith("Enter:commit"))
        await pilot.press("escape")
        await until(pilot, lambda: keys_told(pilot.app).startswith("Space"))
        await until(pilot, lambda: isinstance(pilot.app.screen, LessonScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))


async def test_a_goes_to_the_next_open_checkpoint_and_then_says_that_none_is_left(
    running: Running, session: Session
) -> None:
    one, two = session.lesson("hello").checkpoints
    session.answer("hello", one.id, None)
    session.answer("hello", two.id, None)
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        await pilot.press("a")
        await until(pilot, on_screen(pilot, "Every checkpoint of this lesson is answered."))


async def test_a_long_lesson_is_read_when_its_end_was_seen(
    running: Running, session: Session
) -> None:
    async with running(size=(80, 24)) as pilot:
        await opened(pilot, "numbers")
        await until(pilot, lambda: title(pilot.app) == "Numbers | unit 1, Second | 0 %")
        await pilot.press("space", "j", "k")
        await pilot.pause(0.1)
        assert "numbers" not in session.store.lessons_read()
        await pilot.press("end")
        await until(pilot, lambda: "numbers" in session.store.lessons_read())
        await until(pilot, lambda: title(pilot.app).endswith("100 %"))
        await pilot.press("escape")
        await until(pilot, on_screen(pilot, "read"))


async def test_a_short_lesson_is_read_when_it_stands_on_the_screen(
    running: Running, session: Session
) -> None:
    async with running(size=(80, 24)) as pilot:
        await opened(pilot, "more")
        await until(pilot, lambda: "more" in session.store.lessons_read())


async def test_next_marks_as_read_and_goes_to_the_exercise(
    running: Running, session: Session
) -> None:
    async with running(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        assert "hello" in session.store.lessons_read()


async def test_the_end_tells_what_is_open_and_what_comes(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        text = screen_text(pilot.app)
        assert "2 checkpoints still open: a goes there." in text
        assert "n goes on to the exercise: alpha" in text


async def test_links_lead_to_lessons(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        pilot.app.screen.query(Prose).first().post_message(
            Prose.LinkFollowed("01-numbers.md#anywhere")
        )
        await until(pilot, lambda: title(pilot.app).startswith("Numbers"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))


async def test_a_link_that_leads_nowhere_is_said_to(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        prose = pilot.app.screen.query(Prose).first()
        prose.post_message(Prose.LinkFollowed("../setup.py"))
        await until(pilot, on_screen(pilot, "This link leads out of the course: ../setup.py"))


async def test_a_half_typed_answer_is_there_again(running: Running) -> None:
    async with running(size=(100, 60)) as pilot:
        await opened(pilot)
        cards(pilot)[1].focus_field()
        await pilot.press(*"each en")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))
        await opened(pilot)
        await until(pilot, on_screen(pilot, "each en"))
        cards(pilot)[1].focus_field()
        await pilot.press(*"try", "enter")
        await until(pilot, on_screen(pilot, "Your answer: each entry"))
        await opened(pilot, "more")
        await opened(pilot)
        assert cards(pilot)[1].answer is not None
        assert not any(field.value for field in pilot.app.screen.query(Input))
