"""`bp-tutor`: the command line as a whole, and what every failure looks like."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import EINVAL
from typing import TYPE_CHECKING

import click

from tutor.cli.command import CONTEXT, LazyGroup
from tutor.cli.paper import is_terminal, say, warn
from tutor.cli.places import open_session, place_options
from tutor.errors import EXIT_BROKEN, EXIT_PASSED, PlatformError, TutorError

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141  # what a shell reports for a program whose reader went away

COMMANDS = (
    "list",
    "lesson",
    "edit",
    "check",
    "hint",
    "solution",
    "reset",
    "history",
    "progress",
    "doctor",
    "author",
)


@click.group("bp-tutor", cls=LazyGroup, invoke_without_command=True, context_settings=CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _show_version(context) if wanted else None,
    help="Show the version and exit.",
)
@click.pass_context
def bp_tutor(context: click.Context) -> int:
    """Learn backpropagation in a terminal: read, write, save, and see what is wrong.

    Without a command, bp-tutor opens its screen.
    """
    if context.invoked_subcommand is not None:
        return EXIT_PASSED
    return _screen()


bp_tutor.params += place_options()
bp_tutor.modules = {name: f"tutor.cli.commands.{name}" for name in COMMANDS}
bp_tutor.examples = (
    ("bp-tutor", "open the screen"),
    ("bp-tutor list", "what there is, and where you are"),
    ("bp-tutor edit NAME", "open the exercise in your editor"),
    ("bp-tutor check NAME", "see what is right and what is not"),
)
bp_tutor.notes = (
    "Exit codes: 0 passed or done, 1 not passed or still locked, 2 wrong usage, "
    "3 the course or this machine is broken."
)


def _show_version(context: click.Context) -> None:
    from tutor.doctor import version_of

    say(f"bp-tutor {version_of('bp-tutor') or '(not installed, run from its source)'}")
    context.exit()


def _screen() -> int:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise PlatformError(
            "The screen needs a terminal, and this is not one.",
            hint=f"These work without one: {', '.join(COMMANDS)}.\nSee: bp-tutor --help",
        )
    from tutor.tui.app import run

    with open_session() as session:
        return run(session)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; every failure ends in words and an exit code."""
    _be_lenient_about_characters()
    try:
        code = _run(list(arguments))
        # Here and not at interpreter exit, where a failure could no longer be told well.
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        return code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        return _system_refused(error)


def _run(arguments: list[str]) -> int:
    try:
        return _dispatch(arguments)
    except click.Abort:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        if sys.stderr is not None:
            error.show()
        return error.exit_code
    except TutorError as error:
        _tell(error)
        return error.exit_code
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a learner sees words, not a traceback
        return _apologise(error)


def _dispatch(arguments: list[str]) -> int:
    # Not `bp_tutor.main`: it has its own ideas about closed pipes and exit codes.
    try:
        with bp_tutor.make_context("bp-tutor", arguments) as context:
            return int(bp_tutor.invoke(context) or EXIT_PASSED)
    except click.exceptions.Exit as ended:
        return ended.exit_code


def _be_lenient_about_characters() -> None:
    """A terminal without Unicode shows `?` for what it lacks; it must not stop the tutor."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _tell(error: TutorError) -> None:
    where = error.where()
    warn(f"{where}: {error.message}" if where else error.message)
    if error.hint:
        warn(error.hint)
    _trace(error)


def _system_refused(error: OSError) -> int:
    """A file or the output that the system does not let us use; no file name means the output."""
    if error.filename is None:
        _abandon_output()
    # Windows reports a reader that went away as EINVAL.
    gone = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == EINVAL)
    if gone and error.filename is None:
        return EXIT_PIPE_CLOSED
    warn(f"{error.filename or 'The output'}: {error.strerror or error}.")
    _trace(error)
    return EXIT_BROKEN


def _abandon_output() -> None:
    """Nobody reads any more, or the disk is full: let the last flush, at exit, go nowhere."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def _apologise(error: Exception) -> int:
    warn(
        f"Sorry: bp-tutor itself broke. {_bug_line(error)}\n"
        "What you wrote is safe. Please report this line, with what `bp-tutor doctor` says;\n"
        "BP_TUTOR_DEBUG=1 in the environment shows the traceback."
    )
    _trace(error)
    return EXIT_BROKEN


def _bug_line(error: Exception) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def _trace(error: Exception) -> None:
    if os.environ.get("BP_TUTOR_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
