"""Named causes: read first, with what to read and which hint fits; found late, nothing jumps."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import FakeChecker, Running, keys_told, on_screen, screen_text, until
from test_tui_checks import NARROW, WIDE, WRONG, opened, showing
from textual.pilot import Pilot

from tutor.session import Session
from tutor.tui.screens.choice import ChoiceScreen
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.reading import ReadingScreen
from tutor.tui.widgets.verdict_pane import VerdictPane, same_place

Learner = Callable[[str, str], Path]


def pane(pilot: Pilot[None]) -> VerdictPane:
    return pilot.app.screen.query_one(VerdictPane)


def lines_above(pilot: Pilot[None], words: str) -> list[str]:
    """The lines of the verdict above the one with these words, and how far it is scrolled."""
    lines = [line.split("│")[-1] for line in screen_text(pilot.app).split("\n")[4:]]
    end = next(n for n, line in enumerate(lines) if words in line)
    told = [re.sub(r"   h opens it|[▁-█]", "", line).rstrip() for line in lines[:end]]
    return [f"scrolled by {pane(pilot).scroll_y}", *told]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_cause_says_how_it_is_known_why_and_where_to_read(
    running: Running, learner: Learner, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "Hint 2 of 3 fits this.   h opens it"))
        text = screen_text(pilot.app)
        told = [
            "Your grad_W is turned round.",
            "grad_output.T @ x, exactly",
            "Rows belong to inputs.",
            "Read: Numbers: Deep inside   l opens it",
            "Hint 2 of 3 fits this.",
            "has the wrong shape",
        ]
        places = [text.index(words) for words in told]
        assert places == sorted(places)


async def test_what_a_cause_explains_is_told_briefly_and_below(
    running: Running, learner: Learner
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "ODD")
        await until(pilot, showing(pilot, "No known mistake gives these numbers; see below."))
        text = screen_text(pilot.app)
        assert text.index("turned round") < text.index("off in 3") < text.index("wrong shape")
        assert "(5, 3)" not in text  # the cause has told it
        assert "yours (* is off)    expected" in text
        assert " 0.5*  1.0*          1.0  2.0" in text
        assert "-0.5*  0.0          -1.0  0.0" in text


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_l_opens_the_section_and_comes_back(
    running: Running, learner: Learner, session: Session, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "l opens it"))
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await until(pilot, on_screen(pilot, "Deep inside"))
        lines = [line.strip() for line in screen_text(pilot.app).splitlines() if line.strip()]
        assert lines[1] == "Deep inside"
        assert "Esc:back" in keys_told(pilot.app)  # type: ignore[arg-type]
        assert "numbers" not in session.store.lessons_read()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        await until(pilot, on_screen(pilot, "Your grad_W is turned round."))


async def test_several_readings_are_asked_about(running: Running, learner: Learner) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "ODD CAUSE")
        await until(pilot, showing(pilot, "Your grad_b is half of it."))
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await until(pilot, on_screen(pilot, "> Numbers: Deep inside"))
        await pilot.press("down", "enter")
        await until(pilot, on_screen(pilot, "Short."))
        await pilot.press("escape", "l", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


async def test_the_hint_that_fits_is_opened_first_and_shown_as_open(
    running: Running, learner: Learner, session: Session
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, on_screen(pilot, "Hint 2 of 3 fits this mistake, and is open."))
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Hint 2 of 3: the idea"))
        await until(pilot, on_screen(pilot, "Hint 2 of 3 fits this.   2 shows it"))
        assert [hint.number for hint in session.store.hints("alpha")] == [2]


async def test_a_cause_found_later_may_offer_another_hint(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "h opens it"))
        await pilot.press("h")
        await until(pilot, on_screen(pilot, "Hint 2 of 3: the idea"))
        learner("alpha", "ODD SEARCH CAUSE")
        await until(pilot, showing(pilot, "Looking for the cause ..."))
        await until(pilot, on_screen(pilot, "Hint 1 of 3 is open."))
        checker.release.set()
        await until(pilot, showing(pilot, "Hint 3 of 3 fits this.   h opens it"))


async def test_a_click_on_a_reading_opens_it(running: Running, learner: Learner) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "l opens it"))
        lines = screen_text(pilot.app).splitlines()
        row = next(n for n, line in enumerate(lines) if "Read: Numbers" in line)
        await pilot.click(offset=(lines[row].index("Numbers") + 2, row))
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


# -- what a search finds ------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_search_is_told_and_nothing_above_it_moves(
    running: Running, learner: Learner, checker: FakeChecker, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", "ODD SEARCH CAUSE")
        await until(pilot, showing(pilot, "Looking for the cause ..."))
        before = lines_above(pilot, "Looking for the cause")
        await pilot.press("2", "3")  # nothing waits for the search
        checker.release.set()
        await until(pilot, showing(pilot, "Your grad_b is half of it."))
        assert "Looking" not in screen_text(pilot.app)
        assert lines_above(pilot, "Your grad_b is half") == before
        assert before


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_who_has_scrolled_keeps_the_lines_before_the_eye(
    running: Running, learner: Learner, checker: FakeChecker, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", "ODD SEARCH CAUSE")
        await until(pilot, showing(pilot, "Looking for the cause ..."))
        await pilot.press("3", "space", "space")
        await pilot.pause()
        top = pane(pilot).scroll_y
        line = next(w for w in screen_text(pilot.app).split("\n") if "printed" in w)
        at = screen_text(pilot.app).split("\n").index(line)
        checker.release.set()
        await until(pilot, on_screen(pilot, "The cause is found: it stands above."))
        await pilot.pause(0.1)
        assert pane(pilot).scroll_y > top
        words = line[size[0] // 2 :].strip() if size == WIDE else line.strip()
        assert words in screen_text(pilot.app).split("\n")[at]
        await pilot.press("home")
        await until(pilot, on_screen(pilot, "Your grad_b is half of it."))


async def test_a_newer_save_ends_the_search(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "ODD SEARCH CAUSE")
        await until(pilot, checker.searching.is_set)
        await until(pilot, showing(pilot, "Looking for the cause ..."))
        learner("alpha", "PASS")
        await until(pilot, showing(pilot, "PASSED"))
        await until(pilot, lambda: checker.searches_called_off == 1)
        assert "Looking" not in screen_text(pilot.app)


async def test_leaving_ends_the_search(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "ODD SEARCH")
        await until(pilot, showing(pilot, "Looking for the cause ..."))
        await pilot.press("q")
    for _ in range(200):
        await asyncio.sleep(0.01)
        if checker.searches_called_off:
            break
    assert checker.searches_called_off == 1


def test_the_same_place_is_found_by_its_lines() -> None:
    before = ["head", "", "one", "two", "three", "four"]
    assert same_place(before, ["head", "", "new", "", *before[2:]], 3, 4) == 5
    assert same_place(before, before[2:], 3, 4) == 1
    gone = ["head", "", "four"]
    assert same_place(before, gone, 4, 4) == 1  # "four" stays one line below the top
    assert same_place(before, ["other"], 3, 4) == 3
