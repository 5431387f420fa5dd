"""Opens the learner's file in the learner's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, current_thread, main_thread

from msgspec import Struct

from tutor.errors import WorkspaceError

Which = Callable[[str], str | None]

# An editor that fails within this time was never of any use to its user.
FAILS_WITHIN_SECONDS = 1.0
# A window needs no waiting for, but a launcher that does not work says so at once.
LAUNCH_SECONDS = 0.2

USUAL = ("nano", "vim", "nvim", "vi", "micro", "hx", "emacs", "code", "codium", "subl", "gedit")
USUAL_ON_WINDOWS = ("code", "notepad")

_VSCODE = {"code", "code-insiders", "codium", "cursor", "windsurf"}
_JETBRAINS = {"pycharm", "charm", "idea"}
_GNOME = {"gedit", "gnome-text-editor", "xed", "pluma", "geany"}
_KDE = {"kate", "kwrite"}
_COLON = {"subl", "sublime_text", "zed", "zeditor"}
_VI = {"vi", "vim", "nvim", "gvim", "mvim"}
_PLAIN = {"atom", "featherpad", "leafpad", "neovide", "notepad", "notepad++", "open", "xdg-open"}

_WINDOWED = (
    _VSCODE | _JETBRAINS | _GNOME | _KDE | _COLON | _PLAIN | {"gvim", "mvim", "mate", "mousepad"}
)

# Told to wait, an editor with a window is as good as one in the terminal: back when it is closed.
_WAIT = {"-w", "--wait"}
_WAITS = {
    "gvim": {"-f", "--nofork", "-v"},
    "mvim": {"-f", "--nofork", "-v"},
    "kate": {"-b", "--block"},
    "open": {"-W"},
}
_EMACS_IN_TERMINAL = {"-nw", "--no-window-system", "-t", "--tty", "-batch", "--batch"}
_EMACSCLIENT_IN_WINDOW = {"-c", "--create-frame", "-n", "--no-wait", "-nc", "-cn"}

# How an editor is told the line; one that is not here is not told.
_LINE_STYLES = (
    (
        _VI | _GNOME | {"nano", "pico", "emacs", "emacsclient", "micro", "joe"},
        ("+{line}", "{path}"),
    ),
    (_VSCODE, ("--goto", "{path}:{line}")),
    (_COLON | {"hx", "helix"}, ("{path}:{line}",)),
    (_JETBRAINS | _KDE | {"mate", "mousepad"}, ("--line", "{line}", "{path}")),
)


class Editor(Struct, frozen=True):
    """The command of an editor, and whether it opens a window of its own."""

    command: tuple[str, ...]
    windowed: bool

    def __str__(self) -> str:
        return shlex.join(self.command)


def find_editor(
    environ: Mapping[str, str] | None = None, which: Which = shutil.which
) -> Editor | None:
    """The editor that $VISUAL or $EDITOR names, else a usual one that is installed, else None."""
    environ = os.environ if environ is None else environ
    for variable in ("VISUAL", "EDITOR"):
        wanted = environ.get(variable, "").strip()
        if wanted:
            return _editor(_split(wanted, which), environ)
    for name in USUAL_ON_WINDOWS if sys.platform == "win32" else USUAL:
        if which(name):
            return _editor((name,), environ)
    return None


def open_file(editor: Editor, path: Path, line: int | None = None) -> None:
    """Open a file, at a line (from 1) where the editor can be told one.

    An editor in the terminal has it until it is closed; one with a window is started and left
    alone. Raises `WorkspaceError` when the editor does not start.
    """
    program = os.path.expanduser(editor.command[0])
    command = [
        shutil.which(program) or program,  # Windows finds `code.cmd` only by its whole name
        *editor.command[1:],
        *_place(_name(editor.command), str(path.absolute()), line),
    ]
    try:
        failed = _in_window(command) if editor.windowed else _in_terminal(command)
    except OSError as error:
        raise _broken(editor, error.strerror or str(error)) from error
    if failed:
        raise _broken(editor, f"it ended with status {failed}")


# -- what an editor is -----------------------------------------------------------------------------


def _editor(command: tuple[str, ...], environ: Mapping[str, str]) -> Editor:
    return Editor(command=command, windowed=_is_windowed(command, environ))


def _split(
    wanted: str, which: Which, *, windows: bool = sys.platform == "win32"
) -> tuple[str, ...]:
    """A variable's command and its arguments."""
    if which(os.path.expanduser(wanted)):
        return (wanted,)  # a path with spaces, without quotes
    try:
        # On Windows a backslash is part of a path, and quotes stay on: taken off here.
        words = shlex.split(wanted, posix=not windows)
    except ValueError:  # a quote that is not closed
        words = wanted.split()
    if windows:
        words = [word.strip('"') for word in words]
    return tuple(words)


def _name(command: tuple[str, ...]) -> str:
    """The editor's name: `/usr/bin/vim`, `Code.exe` and `subl` are vim, code and subl."""
    name = command[0].replace("\\", "/").rsplit("/", 1)[-1].lower()
    for ending in (".exe", ".cmd", ".bat", ".sh"):
        name = name.removesuffix(ending)
    return name


def _is_windowed(command: tuple[str, ...], environ: Mapping[str, str]) -> bool:
    name, options = _name(command), set(command[1:])
    display = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    if name == "emacs":
        return display and not options & _EMACS_IN_TERMINAL
    if name == "emacsclient":
        return (
            display and bool(options & _EMACSCLIENT_IN_WINDOW) and not options & _EMACS_IN_TERMINAL
        )
    if name == "vim":
        return "-g" in options and "-f" not in options
    return name in _WINDOWED and not options & _WAITS.get(name, _WAIT)


def _place(name: str, path: str, line: int | None) -> list[str]:
    if line is not None:
        for names, words in _LINE_STYLES:
            if name in names:
                return [word.format(path=path, line=line) for word in words]
    return [path]


# -- running one -----------------------------------------------------------------------------------


def _in_terminal(command: list[str]) -> int:
    """Wait for the editor; its status if it failed at once, 0 otherwise.

    A status that comes later is the user's affair: `:cq` in vim, a window closed in anger.
    """
    began = time.monotonic()
    with _interrupts_left_to_editor():
        status = subprocess.run(command, check=False).returncode
    return status if time.monotonic() - began < FAILS_WITHIN_SECONDS else 0


def _in_window(command: list[str]) -> int:
    """Start the editor in a session of its own; its status if it failed at once, 0 otherwise."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
    try:
        return process.wait(LAUNCH_SECONDS)
    except subprocess.TimeoutExpired:
        # Somebody must take note of its end, or it stays in the process table.
        Thread(target=process.wait, name="bp-tutor-editor", daemon=True).start()
        return 0


@contextmanager
def _interrupts_left_to_editor() -> Iterator[None]:
    """Ctrl-C in the editor is the editor's: it must not end the tutor that waits behind it."""
    if current_thread() is not main_thread():
        yield  # only the main thread gets signals
        return
    # A function, not SIG_IGN: the editor would inherit that one.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _broken(editor: Editor, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"The editor {str(editor)!r} cannot be used: {why}.",
        hint="Set VISUAL or EDITOR to the command of your editor, for example: EDITOR=nano",
    )
