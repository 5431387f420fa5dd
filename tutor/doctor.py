"""Looks over a machine, a workspace and a course, and says what works here. Changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tutor.errors import TutorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.course.loader import Course
    from tutor.workspace.files import Workspace

Health = Literal["ok", "warn", "broken"]

OLDEST_PYTHON = (3, 11)
SMALLEST_TERMINAL = (80, 24)
NEEDED = ("numpy", "msgspec", "click", "textual", "markdown-it-py", "watchfiles")


class Remark(Struct, frozen=True):
    """One thing looked at. `broken` means that the tutor cannot do its work."""

    health: Health
    subject: str
    detail: str


def examine(
    find_course: Callable[[], Course], workspace: Workspace, term: Callable[[], Iterator[Remark]]
) -> Iterator[Remark]:
    """Everything worth a look; one part that breaks does not hide the others."""
    parts: tuple[tuple[str, Callable[[], Iterator[Remark]]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("terminal", term),
        ("editor", _editor),
        ("workspace", lambda: _workspace(workspace)),
        ("progress", lambda: _progress(workspace)),
        ("course", lambda: _course(find_course())),
        ("worker", _worker),
    )
    for subject, part in parts:
        try:
            yield from part()
        except TutorError as error:
            yield Remark("broken", subject, str(error))
        except Exception as error:  # noqa: BLE001 - a broken part is what we look for
            yield Remark("broken", subject, f"{type(error).__name__}: {error}")


def version_of(package: str) -> str:
    """The installed version; empty if the package is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def terminal(width: int, height: int, *, colours: bool, is_terminal: bool) -> Iterator[Remark]:
    """What the terminal can show, as the caller measured it."""
    if not is_terminal:
        yield Remark("warn", "terminal", "the output is not a terminal; the screen needs one")
        return
    words = f"{width} columns, {height} lines, {'colours' if colours else 'no colours'}"
    small = width < SMALLEST_TERMINAL[0] or height < SMALLEST_TERMINAL[1]
    advice = "; 80 columns and 24 lines are better" if small else ""
    yield Remark("warn" if small else "ok", "terminal", words + advice)


def encoding(name: str | None) -> Iterator[Remark]:
    """Whether the output can show the mathematics of the lessons."""
    try:
        "∂xᵀ·─│".encode(name or "ascii")
    except (UnicodeEncodeError, LookupError):
        advice = "some characters of the lessons show as ?; set PYTHONUTF8=1 or use UTF-8"
        yield Remark("warn", "encoding", f"{name}: {advice}")
    else:
        yield Remark("ok", "encoding", str(name))


def _python() -> Iterator[Remark]:
    words = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    fits = sys.version_info[:2] >= OLDEST_PYTHON
    yield Remark("ok" if fits else "broken", "python", words)


def _packages() -> Iterator[Remark]:
    yield Remark("ok", "bp-tutor", version_of("bp-tutor") or "run from its source")
    for package in NEEDED:
        version = version_of(package)
        yield Remark("ok" if version else "broken", package, version or "not installed")


def _editor() -> Iterator[Remark]:
    from tutor.workspace.editor import find_editor

    editor = find_editor()
    if editor is None:
        yield Remark("warn", "editor", "none found; set EDITOR to the command of yours")
    else:
        yield Remark("ok", "editor", str(editor))


def _workspace(workspace: Workspace) -> Iterator[Remark]:
    root = workspace.root
    if root.is_dir():
        if os.access(root, os.W_OK | os.X_OK):
            yield Remark("ok", "workspace", str(root))
        else:
            yield Remark("broken", "workspace", f"{root} cannot be written to")
        return
    if root.exists():
        yield Remark("broken", "workspace", f"{root} is not a folder")
        return
    parent = next(each for each in root.absolute().parents if each.exists())
    if os.access(parent, os.W_OK | os.X_OK):
        yield Remark("ok", "workspace", f"{root} (not there yet; made when you start)")
    else:
        yield Remark("broken", "workspace", f"{root} cannot be made: {parent} is not writable")


def _progress(workspace: Workspace) -> Iterator[Remark]:
    from tutor.progress.store import Store

    if not workspace.database.exists():
        yield Remark("ok", "progress", "nothing kept yet")
        return
    store = Store.look(workspace.database)
    try:
        size = workspace.database.stat().st_size // 1024
        words = f"{workspace.database}, {size} kB"
        yield Remark("warn" if store.notice else "ok", "progress", store.notice or words)
    finally:
        store.close()
    free = shutil.disk_usage(workspace.database.parent).free // 2**20
    if free < 50:
        yield Remark("warn", "disk", f"{free} MB left")


def _course(course: Course) -> Iterator[Remark]:
    problems = course.problems()
    for problem in problems:
        yield Remark("broken", "course", str(problem))
    if not problems:
        lessons, exercises = len(course.lessons), len(course.exercises)
        yield Remark("ok", "course", f"{course.title}: {lessons} lessons, {exercises} exercises")


def _worker() -> Iterator[Remark]:
    from tutor.checking.checker import worker_report

    for limit, held, detail in worker_report():
        yield Remark("ok" if held else "warn", limit, detail)
