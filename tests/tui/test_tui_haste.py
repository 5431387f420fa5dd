"""Keys faster than screens: nothing that a learner types may end the tutor."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Running
from small_course import until
from textual.events import Key

from tutor.tui.app import TutorApp
from tutor.tui.screens.choice import ChoiceScreen

KEYS = [
    *["enter", "escape"] * 3,
    *["down", "up", "j", "k", "tab", "space", "home", "end", "slash", "question_mark", "ctrl+s"],
    *"axn2hh1c3iidlspbrwy",
]
SAVED = ("PASS", "x", "CRASH", "BROKEN", "y")


@pytest.mark.parametrize("seed", range(6))
async def test_any_keys_at_any_speed(
    running: Running, learner: Callable[[str, str], Path], seed: int
) -> None:
    chance = random.Random(seed)
    async with running(size=chance.choice([(40, 12), (80, 24), (120, 36)])) as pilot:
        for _ in range(80):
            key = chance.choice(KEYS)
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
            if chance.random() < 0.04:
                learner(chance.choice(["alpha", "beta"]), chance.choice(SAVED))
            if chance.random() < 0.02:
                await pilot.resize_terminal(chance.choice([40, 80, 120]), chance.choice([12, 24]))
            await asyncio.sleep(chance.choice([0, 0, 0.001, 0.005, 0.01, 0.02, 0.05]))
        await pilot.pause(0.2)
        assert isinstance(pilot.app, TutorApp)
        assert pilot.app.crash is None


async def test_a_question_is_answered_once(running: Running) -> None:
    async with running() as pilot:
        pilot.app.open("exercise", "alpha")  # type: ignore[attr-defined]
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        for _ in range(3):
            pilot.app.post_message(Key("enter", None))
        await pilot.pause(0.1)
        assert len(pilot.app.screen_stack) == 2


async def test_the_second_escape_leaves_one_screen_only(running: Running) -> None:
    async with running() as pilot:
        pilot.app.open("exercise", "alpha")  # type: ignore[attr-defined]
        await pilot.press("d")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 3)
        screen = pilot.app.screen
        screen.action_back()  # type: ignore[attr-defined]
        screen.action_back()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        assert len(pilot.app.screen_stack) == 2
