"""`bp-tutor doctor`: what works on this machine."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from tutor.cli.command import subcommand
from tutor.cli.paper import Paper, clean, is_terminal, say
from tutor.cli.places import find_course, find_workspace
from tutor.errors import EXIT_BROKEN, EXIT_PASSED

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLOURS = {"ok": "good", "warn": "accent", "broken": "bad"}


@subcommand(
    "doctor",
    examples=[
        ("bp-tutor doctor", "look over this machine, your folder and the course"),
        ("bp-tutor doctor --course DIR", "and find the mistakes in this course"),
    ],
)
def command() -> int:
    """Say what works on this machine and what does not.

    Looks at Python, the terminal, your editor, your folder, the course, and the limits under
    which your code runs. Changes nothing.
    """
    from tutor import doctor

    paper = Paper.of_stdout()

    def terminal() -> Iterator[doctor.Remark]:
        yield from doctor.terminal(
            *get_terminal_size(), colours=paper.colours, is_terminal=is_terminal(sys.stdout)
        )
        yield from doctor.encoding(getattr(sys.stdout, "encoding", None))

    broken = 0
    for remark in doctor.examine(find_course, find_workspace(), terminal):
        broken += remark.health == "broken"
        word = paper.style(f"{remark.health:6}", colour=_COLOURS[remark.health])
        first, *rest = clean(remark.detail).splitlines() or [""]
        say([f"{word}  {remark.subject:14}  {first}", *(f"{'':24}{line}" for line in rest)])
    say(["", _summary(broken)])
    return EXIT_BROKEN if broken else EXIT_PASSED


def _summary(broken: int) -> str:
    if not broken:
        return "The tutor can work here."
    return f"{broken} thing{'s' * (broken > 1)} must be mended before the tutor can work."
