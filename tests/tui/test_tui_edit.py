"""Editing inside the tutor: nothing that anybody wrote is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import COURSE, Running, keys_told, on_screen, title, until
from test_tui_checks import opened
from textual.pilot import Pilot

from tutor.errors import WorkspaceError
from tutor.session import Session
from tutor.tui.screens.choice import ChoiceScreen
from tutor.tui.screens.edit import EditScreen
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.problem import ProblemScreen
from tutor.tui.widgets.code_area import CodeArea, text_for_editing

Learner = Callable[[str, str], Path]
STUB = COURSE["exercises/alpha.py"]


async def editing(pilot: Pilot[None]) -> CodeArea:
    await opened(pilot)
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
    await until(pilot, lambda: pilot.app.screen.query(CodeArea))
    await pilot.pause()
    return pilot.app.screen.query_one(CodeArea)


async def answer(pilot: Pilot[None], *keys: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
    await pilot.press(*keys)


def kept(session: Session) -> set[bytes]:
    return {session.version_source(version) for version in session.history("alpha")}


async def test_saving_writes_the_file_and_checks_it(running: Running, session: Session) -> None:
    async with running(size=(160, 40)) as pilot:
        await editing(pilot)
        await pilot.press(*"PASS", "ctrl+s")
        await until(pilot, on_screen(pilot, "PASSED   6 cases"))
        assert session.path("alpha").read_text() == "PASS" + STUB
        await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
        await until(pilot, lambda: title(pilot.app).endswith("saved"))


async def test_at_80_columns_the_verdict_is_a_line_below(running: Running) -> None:
    async with running(size=(80, 24)) as pilot:
        await editing(pilot)
        await pilot.press(*"#", "ctrl+s")
        await until(pilot, on_screen(pilot, "WRONG   6 cases, 19 ms   Your grad_W is turned"))


async def test_the_file_is_coloured_by_tree_sitter(running: Running) -> None:
    async with running() as pilot:
        area = await editing(pilot)
        assert area.language == "python"
        assert area.is_syntax_aware


async def test_keys_are_text_here_and_the_bottom_line_knows(running: Running) -> None:
    async with running() as pilot:
        area = await editing(pilot)
        await pilot.press("q", "n", "question_mark", "tab")
        assert area.text.startswith("qn?    ") or area.text.startswith("qn? ")
        await until(pilot, lambda: keys_told(pilot.app).startswith("^s:save and check Esc:leave"))


async def test_leaving_without_changes_asks_nothing(running: Running) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


async def test_leaving_with_unsaved_text_asks(running: Running, session: Session) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press(*"abc", "escape")
        await answer(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
        await pilot.press("escape")
        await answer(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
        assert session.path("alpha").read_text() == STUB
        await pilot.press("escape")
        await answer(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        assert session.path("alpha").read_text() == "abc" + STUB
        await until(pilot, on_screen(pilot, "WRONG"))


async def test_leaving_without_the_text(running: Running, session: Session) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press(*"abc", "escape")
        await answer(pilot, "down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        assert session.path("alpha").read_text() == STUB


async def test_a_save_elsewhere_is_followed_while_nothing_is_typed(
    running: Running, learner: Learner
) -> None:
    async with running() as pilot:
        area = await editing(pilot)
        learner("alpha", "from elsewhere\n")
        await until(pilot, lambda: area.text == "from elsewhere\n")


@pytest.mark.parametrize(
    ("keys", "on_disk"), [(("down", "enter"), "mine"), (("down", "down", "enter"), "elsewhere")]
)
async def test_a_conflict_is_asked_about_and_both_versions_are_kept(
    running: Running, session: Session, learner: Learner, keys: tuple[str, ...], on_disk: str
) -> None:
    async with running() as pilot:
        area = await editing(pilot)
        await pilot.press(*"mine")
        learner("alpha", "elsewhere\n")
        await until(pilot, on_screen(pilot, "The file has changed on the disk."))
        assert area.text == "mine" + STUB
        await pilot.press("ctrl+s")
        await answer(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
        assert session.path("alpha").read_text() == "elsewhere\n"
        await pilot.press("ctrl+s")
        await answer(pilot, *keys)
        texts = {"mine": "mine" + STUB, "elsewhere": "elsewhere\n"}
        await until(pilot, lambda: session.path("alpha").read_text() == texts[on_disk])
        await until(pilot, lambda: area.text == texts[on_disk])
        await until(pilot, lambda: {text.encode() for text in texts.values()} <= kept(session))
        await until(pilot, lambda: title(pilot.app).endswith("| saved"))


async def test_a_conflict_when_leaving_keeps_the_learner_there_until_it_is_settled(
    running: Running, session: Session, learner: Learner
) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press(*"mine")
        learner("alpha", "elsewhere\n")
        await until(pilot, on_screen(pilot, "The file has changed on the disk."))
        await pilot.press("escape")
        await answer(pilot, "enter")
        await until(pilot, on_screen(pilot, "Both versions are kept"))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
        assert session.path("alpha").read_text() == "mine" + STUB
        assert b"elsewhere\n" in kept(session)


async def test_quitting_with_unsaved_text_asks(running: Running, session: Session) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press(*"abc", "ctrl+q")
        await answer(pilot, "enter")
        await until(pilot, lambda: not pilot.app.is_running)
    assert session.path("alpha").read_text() == "abc" + STUB


async def test_quitting_twice_keeps_the_text_as_a_version(
    running: Running, session: Session
) -> None:
    async with running() as pilot:
        await editing(pilot)
        await pilot.press(*"abc", "ctrl+c")
        await answer(pilot, "ctrl+c")
        await until(pilot, lambda: not pilot.app.is_running)
    assert session.path("alpha").read_text() == STUB
    assert ("abc" + STUB).encode() in kept(session)


async def test_what_the_editor_would_spoil_is_left_to_another_one(
    running: Running, session: Session
) -> None:
    session.prepare()
    session.path("alpha").write_bytes(b"x = '\xff'\n")
    async with running() as pilot:
        await opened(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProblemScreen))
        await until(pilot, on_screen(pilot, "cannot show this file"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))


@pytest.mark.parametrize(
    ("source", "same"),
    [
        (b"a\nb\n", True),
        (b"a\r\nb\r\n", True),
        (b"", True),
        ("∂ä\n".encode(), True),
        (b"a\tb", True),
        (b"a\r\nb\n", False),
        (b"a\x0cb\n", False),
        (b"\xff", False),
        (b"a\x1b[0m", False),
        ("a\u2028b".encode(), False),
    ],
)
def test_only_what_comes_back_unchanged_is_edited_here(source: bytes, same: bool) -> None:
    assert (text_for_editing(source) is not None) is same


async def test_a_new_line_keeps_the_indentation(running: Running) -> None:
    async with running() as pilot:
        area = await editing(pilot)
        await pilot.press(*"def f():", "enter", *"x = 1", "enter", *"y", "enter")
        assert area.text == "def f():\n    x = 1\n    y\n    " + STUB
        assert area.cursor_location == (3, 4)


async def test_a_save_that_fails_is_told_and_the_text_stays(
    running: Running, session: Session
) -> None:
    def refuse(*_: object) -> None:
        raise WorkspaceError("The disk is full.", hint="Make room.")

    session.save = refuse  # type: ignore[method-assign]
    async with running() as pilot:
        area = await editing(pilot)
        await pilot.press(*"abc", "ctrl+s")
        await until(pilot, on_screen(pilot, "The disk is full."))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditScreen))
        assert area.text == "abc" + STUB
        await until(pilot, lambda: title(pilot.app).endswith("not saved"))
