"""Learner code that did not get through, told in plain words with the learner's own lines."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePath

from tutor import wire
from tutor.checking.words import printable
from tutor.spec import Exercise
from tutor.verdict import Finding, FindingKind, Frame

LOST = "it ended with exit code 70"  # the worker's own, when not even a failure can be told
UNCHANGED = "This is still the file as it came. Do what the brief asks, then save."

# How the worker calls it -> the finding's kind and its words. `called` is the function that was
# called, `line` the learner's innermost line in brackets.
_TOLD: dict[str, tuple[FindingKind, str]] = {
    "todo": ("todo", "{called} still has its TODO{line}: {message}"),
    "syntax": ("syntax", "Python cannot read your file{line}: {message}."),
    "import": ("import", "{called} imports what is not there{line}: {message}."),
    "readonly": (
        "mutation",
        (
            "{called} writes into an array that it was given{line}. "
            "That array belongs to the caller: make a new one."
        ),
    ),
    "memory": ("memory", "{called} needs more than {memory} MB of memory{line}."),
    "timeout": (
        "timeout",
        (
            "{called} was not done after {seconds:g} s{line}. "
            "Is there a loop that never ends, or one that does far too much?"
        ),
    ),
    "output": ("output", "{called} prints more than a million characters{line}."),
    "exit": ("exit", "{called} ends the program{line}, as sys.exit does, and never returns."),
    "input": ("input", "{called} asks for input(){line}; nobody is there to type."),
}
_CRASH: tuple[FindingKind, str] = ("crash", "{called} raises {error}{line}: {message}")
_NOT_ALLOWED = ". Exercise code may not use files, connections or other processes."


def failure(case: str, failed: wire.Failed, exercise: Exercise, path: str) -> Finding:
    """The finding for an exception of learner code, or for a name that it lacks."""
    frames = _frames(failed.lines, path)
    kind, told = _TOLD.get(failed.kind, _CRASH)
    if failed.kind == "missing":
        kind, message = "missing", _missing(failed)
    elif failed.kind == "syntax" and frames and frames[-1].file:
        name = PurePath(frames[-1].file).name
        message = f"Python cannot read {name} (line {frames[-1].line}), which your file imports."
    else:
        message = told.format(
            called=f"`{failed.where}`" if failed.where else "Your file",
            line=f" (line {frames[-1].line})" if frames and not frames[-1].file else "",
            error=failed.error,
            message=failed.message,
            seconds=exercise.seconds,
            memory=exercise.memory_mb,
        ).removesuffix(": ")
    if failed.error == "PermissionError":
        message += _NOT_ALLOWED
    return Finding(case=case, array="", kind=kind, message=printable(message), frames=frames)


def _frames(lines: tuple[wire.Line, ...], path: str) -> tuple[Frame, ...]:
    """The learner's own lines; the file is named where it is not the judged one."""
    return tuple(
        Frame(
            line=each.line,
            function="" if each.function == "<module>" else each.function,
            text=printable(each.text),
            file="" if each.file == path else each.file,
        )
        for each in lines
    )


def _missing(failed: wire.Failed) -> str:
    owner, _, name = failed.where.rpartition(".")
    told = f"`{owner}` has no `{name}`." if owner else f"Your file defines no `{name}`."
    near = get_close_matches(name, failed.known, n=1, cutoff=0.6)
    if near:
        return f"{told} It has `{near[0]}`: is that the one?"
    if failed.known:
        return f"{told} It has {', '.join(f'`{each}`' for each in failed.known[:6])}."
    return told


# -- a worker that was lost -----------------------------------------------------------------------


def timeout(case: str, called: str, exercise: Exercise) -> Finding:
    """The worker did not answer and had to be ended."""
    kind, told = _TOLD["timeout"]
    called = f"`{called}`" if called else "Your file"
    message = told.format(called=called, seconds=exercise.seconds, line="")
    return Finding(case, "", kind, message)


def died(case: str, called: str, how: str) -> Finding:
    """The worker's process ended by itself."""
    if how == LOST:
        message = (
            f"The process that ran {_of(called)} was left unable to go on, or even to say why."
        )
        return Finding(case, "", "died", message)
    hint = " Is there an os._exit in your code?" if "exit code" in how else ""
    message = f"The process that ran {_of(called)} is gone: {how}.{hint}"
    return Finding(case, "", "died", message)


def garbled(case: str, called: str, how: str) -> Finding:
    """The worker's reply was no message."""
    message = f"The process that ran {_of(called)} sent what the tutor cannot read: {how}."
    return Finding(case, "", "died", printable(message))


def _of(called: str) -> str:
    return f"`{called}`" if called else "your file"
