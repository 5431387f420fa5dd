"""`bp-tutor solution`: our code for an exercise, once it is open."""

from __future__ import annotations

from tutor.cli.command import exercise_argument, subcommand
from tutor.cli.paper import say
from tutor.cli.places import open_session
from tutor.errors import EXIT_NOT_PASSED, EXIT_PASSED


@subcommand(
    "solution",
    examples=[("bp-tutor solution NAME", "print our code")],
)
@exercise_argument()
def command(name: str) -> int:
    """Print our solution of an exercise.

    It opens when you pass, or after the last hint. Seeing it is not a pass: type it in
    yourself, and check.
    """
    with open_session() as session:
        name = session.exercise(name).name
        code = session.solution(name)
        if code is None:
            say([session.ladder(name).solution.says, f"The next hint: bp-tutor hint {name}"])
            return EXIT_NOT_PASSED
        say(code.rstrip("\n"))
    return EXIT_PASSED
