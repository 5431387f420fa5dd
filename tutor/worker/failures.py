"""An exception of learner code as plain data: its kind, its words, the learner's own lines."""

from __future__ import annotations

import linecache
from collections.abc import Callable

from tutor import wire
from tutor.worker.alarm import TimeIsUp
from tutor.worker.streams import AskedForInput, TooMuchOutput

FIRST_LINES, LAST_LINES = 3, 12

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (TooMuchOutput, "output"),
    (AskedForInput, "input"),
    (TimeIsUp, "timeout"),
    (MemoryError, "memory"),
    (SystemExit, "exit"),
    (SyntaxError, "syntax"),
    (ImportError, "import"),
    (NotImplementedError, "todo"),
)


def kind_of(error: BaseException) -> str:
    """How learner code ended, by the exception's real class, whatever it says of itself."""
    for kind, name in _KINDS:
        if issubclass(type(error), kind):
            return name
    if issubclass(type(error), ValueError) and "read-only" in message_of(error):
        return "readonly"
    return "exception"


def message_of(error: BaseException) -> str:
    """The exception's own words; an exception whose `__str__` raises has none."""
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)[:2_000].encode("utf-8", "replace").decode()
    except BaseException:  # noqa: BLE001 - learner code, once more
        return ""


def lines_of(error: BaseException, is_learners: Callable[[str], bool]) -> tuple[wire.Line, ...]:
    """The learner's own lines, outermost first; a recursion is told once."""
    found: list[wire.Line] = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_learners(code.co_filename):
            text = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
            line = wire.Line(code.co_filename, traceback.tb_lineno, code.co_name, text[:200])
            if not found or found[-1] != line:
                found.append(line)
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and is_learners(str(error.filename)):
        text = str(error.text or "").rstrip()
        return (wire.Line(str(error.filename), int(error.lineno or 1), "", text),)
    return tuple(found[:FIRST_LINES] + found[FIRST_LINES:][-LAST_LINES:])
