"""Words and numbers as the screen writes them."""

from __future__ import annotations

import time
from pathlib import Path

from tutor.session import Overview


def clean(text: str) -> str:
    """`text` without characters that would command the terminal instead of being shown."""
    text = text.replace("\r\n", "\n").expandtabs(4)
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def clock(at: float) -> str:
    """The local time of day: `14:02:11`."""
    return time.strftime("%H:%M:%S", time.localtime(at))


def moment(at: float) -> str:
    """The local date and time: `2025-11-21 14:02:11`."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def short_path(path: Path) -> str:
    """The path with the home folder written `~`."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def standing_words(overview: Overview) -> str:
    """`level 1 of 4   7/30 passed`."""
    level = f"level {overview.level} of {len(overview.levels)}"
    return f"{level}   {overview.passed}/{overview.total} passed"


def listed(names: tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
