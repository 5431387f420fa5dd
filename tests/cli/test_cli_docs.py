"""Commands and options are documented, and examples are true."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from tutor.cli.command import Command
from tutor.cli.main import COMMANDS, bp_tutor

README = Path(__file__).parents[2] / "README.md"
SELF_EXPLAINING = {"--help", "--version"}


def command(name: str) -> Command:
    found = bp_tutor.get_command(click.Context(bp_tutor), name)
    assert isinstance(found, Command)
    return found


def examples(name: str) -> str:
    return "\n".join(example for example, _ in command(name).examples)


def options(name: str) -> list[click.Option]:
    return [each for each in command(name).params if isinstance(each, click.Option)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"bp-tutor {name}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_and_shown(name: str) -> None:
    shown = README.read_text(encoding="utf-8") + examples(name)
    for option in options(name):
        assert option.help
        for spelling in set(option.opts) - SELF_EXPLAINING:
            assert spelling in shown, f"{name} {spelling} is in no example and not in the README"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_a_command_line(name: str) -> None:
    assert command(name).examples
    for example, meaning in command(name).examples:
        words = shlex.split(example)
        start = words.index("bp-tutor")
        assert meaning
        assert words[start + 1] == name
        command(name).make_context(name, words[start + 2 :])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_80_columns(name: str) -> None:
    context = click.Context(command(name), info_name=f"bp-tutor {name}", terminal_width=80)
    text = command(name).get_help(context)
    assert max(map(len, text.splitlines())) <= 80
    assert "Examples:" in text


def test_every_summary_fits_its_line() -> None:
    help_text = bp_tutor.get_help(click.Context(bp_tutor, terminal_width=80))
    assert "..." not in help_text.partition("Commands:")[2]
