"""A save leads to a verdict; the newest save wins; an old verdict is never shown as current."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import (
    FakeChecker,
    Running,
    exercise_screen,
    keys_told,
    on_screen,
    screen_text,
    until,
    verdict_for,
)
from textual.pilot import Pilot

from tutor.session import Session
from tutor.tui.screens.exercise import ExerciseScreen
from tutor.tui.screens.help import HelpScreen

Learner = Callable[[str, str], Path]

WRONG = "def alpha(x):\n    return 3 * x\n"
WIDE, NARROW = (120, 36), (80, 24)


async def opened(pilot: Pilot[None], name: str = "alpha") -> None:
    pilot.app.open("exercise", name)  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(pilot.app.screen, ExerciseScreen))
    await pilot.pause()


def showing(pilot: Pilot[None], word: str) -> Callable[[], bool]:
    """Whether the verdict on the screen is of the file as it is, and says this."""

    def look() -> bool:
        state = exercise_screen(pilot.app).state  # type: ignore[arg-type]
        return state is not None and not state.checking and word in screen_text(pilot.app)

    return look


async def test_an_exercise_says_what_is_asked_and_that_nothing_is_known(running: Running) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        text = screen_text(pilot.app)
        assert "What to do in alpha." in text
        assert "No verdict yet" in text
        assert "saved " in text
        assert "e:edit c:check now" in keys_told(pilot.app)  # type: ignore[arg-type]


async def test_a_save_by_another_program_is_judged_by_itself(
    running: Running, session: Session
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        path = str(session.path("alpha"))
        code = f"import pathlib; pathlib.Path({path!r}).write_text({WRONG!r})"
        await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], check=True)
        await until(pilot, showing(pilot, "WRONG   6 cases, 19 ms"))
        text = screen_text(pilot.app)
        assert "wrong  grad_W 4 of 6 cases" in text
        assert "ok     output" in text
        assert "Your grad_W is turned round." in text
        assert text.index("turned round") < text.index("has the wrong shape")
        assert text.count("has the wrong shape") == 1
        (attempt,) = session.store.attempts("alpha")
        assert attempt.outcome == "wrong"


async def test_at_80_columns_the_verdict_comes_forward(running: Running, learner: Learner) -> None:
    async with running(size=NARROW) as pilot:
        await opened(pilot)
        await until(pilot, on_screen(pilot, "What to do in alpha."))
        assert "No verdict" not in screen_text(pilot.app)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        assert "What to do" not in screen_text(pilot.app)
        await until(pilot, on_screen(pilot, "[3 Verdict WRONG]"))
        await pilot.press("1")
        await until(pilot, on_screen(pilot, "What to do"))
        await pilot.press("2")
        await until(
            pilot, on_screen(pilot, "Hint 2 of 3 fits this mistake, and is open. h shows it.")
        )
        await pilot.press("tab", "tab")
        await until(pilot, on_screen(pilot, "[1 Brief]"))


async def test_a_crash_shows_the_learners_own_line_and_what_was_printed(
    running: Running, learner: Learner
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "CRASH")
        await until(pilot, showing(pilot, "CRASHED"))
        text = screen_text(pilot.app)
        assert "line 5, in alpha" in text
        assert "return x / 0" in text
        assert "before" in text
        assert "\x1b" not in text
        assert "\\x1b[31mred" in text


async def test_a_pass_says_what_comes_next_and_which_level_it_earned(
    running: Running, learner: Learner
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS")
        await until(pilot, showing(pilot, "PASSED"))
        text = screen_text(pilot.app)
        assert "Level 1 earned: one thing works." in text
        assert "n goes on to the lesson: Numbers" in text
        await pilot.press("escape")
        await until(pilot, on_screen(pilot, "level 1 of 4   1/3 passed"))


async def test_c_checks_now_and_again(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    learner("alpha", WRONG)
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        await until(pilot, showing(pilot, "WRONG"))
        before = len(checker.judged)
        await pilot.press("c")
        await until(pilot, lambda: len(checker.judged) == before + 1)


async def test_the_stub_is_not_judged_by_itself_but_on_demand(
    running: Running, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.pause(0.1)
        assert checker.judged == []
        await pilot.press("c")
        await until(pilot, showing(pilot, "NOT STARTED"))


async def test_the_last_verdict_is_there_when_the_file_is_still_the_same(
    running: Running, session: Session, learner: Learner, checker: FakeChecker
) -> None:
    session.prepare()
    learner("alpha", WRONG)
    session.store.record_attempt(WRONG.encode(), verdict_for("alpha", WRONG.encode()), at=1.0)
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        await until(pilot, showing(pilot, "WRONG"))
        assert checker.judged == []


async def test_a_file_changed_while_the_tutor_was_closed_is_judged_when_opened(
    running: Running, session: Session, learner: Learner
) -> None:
    session.prepare()
    session.store.record_attempt(WRONG.encode(), verdict_for("alpha", WRONG.encode()), at=1.0)
    learner("alpha", "PASS")
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        await until(pilot, showing(pilot, "PASSED"))


# -- while a check runs ------------------------------------------------------------------------


async def test_an_old_verdict_is_marked_as_old_at_once(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        learner("alpha", "PASS SLOW")
        await until(pilot, on_screen(pilot, "checking ..."))
        text = screen_text(pilot.app)
        assert "Below: the version before." in text
        assert "WRONG" not in text
        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))
        assert "checking" not in screen_text(pilot.app)


async def test_the_newest_save_wins(
    running: Running, learner: Learner, checker: FakeChecker, session: Session
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW")
        await until(pilot, checker.waiting.is_set)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        assert checker.called_off == 1
        assert [attempt.outcome for attempt in session.store.attempts("alpha")] == ["wrong"]


async def test_a_check_that_will_not_be_called_off_is_not_shown(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    """Its verdict comes late, after the one of the newer save."""

    entered = threading.Event()

    def deaf(_: object) -> None:
        entered.set()
        checker.release.wait(10)

    checker._wait = deaf  # type: ignore[assignment]
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW")
        await until(pilot, entered.is_set)
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))
        checker.release.set()
        await until(pilot, lambda: "PASS SLOW" in checker.judged)
        await pilot.pause(0.2)
        assert showing(pilot, "WRONG")()


async def test_a_verdict_of_other_bytes_is_never_shown(
    running: Running, learner: Learner, checker: FakeChecker, session: Session
) -> None:
    """The file changes after it was read, and no event tells: the check is made again."""
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        pilot.app._engine.stop()  # type: ignore[attr-defined]
        learner("alpha", "PASS SLOW")
        await pilot.press("c")
        await until(pilot, on_screen(pilot, "checking ..."))
        shown: list[str] = []
        screen = exercise_screen(pilot.app)  # type: ignore[arg-type]
        screen.watch(
            screen, "state", lambda s: shown.append(s.verdict.outcome if s.verdict else "")
        )
        original = session.check

        def late(name: str, ticket: object = None) -> object:
            verdict = original(name, ticket)  # type: ignore[arg-type]
            learner("alpha", WRONG)
            session.check = original  # type: ignore[method-assign]
            return verdict

        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))
        shown.clear()
        session.check = late  # type: ignore[method-assign, assignment]
        await pilot.press("c")
        await until(pilot, showing(pilot, "WRONG"))
        final = [state for state in shown if state]
        assert final[-1] == "wrong"


async def test_keys_work_while_a_check_runs(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW")
        await until(pilot, on_screen(pilot, "checking ..."))
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await pilot.press("escape", "h")
        await until(pilot, on_screen(pilot, "Press h once more to see it now anyway."))
        await pilot.press("escape")
        await until(pilot, on_screen(pilot, "Enter "))
        checker.release.set()
        await until(pilot, on_screen(pilot, "alpha: PASSED, 6 cases, 19 ms"))


async def test_leaving_during_a_check_waits_for_nothing(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW")
        await until(pilot, checker.waiting.is_set)
        await pilot.press("q")
    for _ in range(200):
        await asyncio.sleep(0.01)
        if checker.called_off:
            break
    assert checker.called_off == 1


async def test_a_save_of_another_exercise_is_checked_and_told(
    running: Running, learner: Learner, session: Session
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("beta", "PASS")
        await until(pilot, on_screen(pilot, "beta: PASSED, 6 cases, 19 ms"))
        await until(pilot, on_screen(pilot, "No verdict yet"))
        assert session.store.attempts("beta")


async def test_files_that_are_no_exercise_are_left_alone(
    running: Running, learner: Learner, checker: FakeChecker, session: Session
) -> None:
    async with running(size=WIDE) as pilot:
        (session.workspace.exercises_dir / "notes.py").write_text("x")
        learner("alpha", WRONG)
        await until(pilot, lambda: checker.judged)
        assert checker.judged == [WRONG]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_broken_check_is_told_and_the_tutor_goes_on(
    running: Running, learner: Learner, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        learner("alpha", "BROKEN")
        await until(pilot, on_screen(pilot, "This exercise cannot be checked"))
        text = screen_text(pilot.app)
        assert "The check has no cases." in text
        assert "checks/x.py" in text
        assert "Add one." in text
        learner("alpha", WRONG)
        await until(pilot, showing(pilot, "WRONG"))


async def test_a_deleted_file_is_told_once(
    running: Running, learner: Learner, session: Session, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        session.path("alpha").unlink()
        await pilot.press("c")
        await until(pilot, on_screen(pilot, "cannot be checked"))
        assert len(checker.judged) <= 1


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (109, 30), (110, 30), (200, 50)])
async def test_the_bottom_line_is_whole(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as pilot:
        await opened(pilot)
        bottom = screen_text(pilot.app).splitlines()[-1]
        assert "? help" in bottom
        assert "c check now" in bottom


async def test_it_can_be_resized_while_checking(
    running: Running, learner: Learner, checker: FakeChecker
) -> None:
    async with running(size=WIDE) as pilot:
        await opened(pilot)
        learner("alpha", "PASS SLOW")
        await until(pilot, on_screen(pilot, "checking ..."))
        for size in ((40, 12), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        checker.release.set()
        await until(pilot, showing(pilot, "PASSED"))
