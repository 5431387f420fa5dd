"""Tells when the learner saves an exercise.

What counts is the content of the folder. Events of the operating system only say when to look, so
it does not matter how an editor saves, and where events are lost or unknown (network file systems,
a folder that was deleted and made again) the look that comes every quarter of a second suffices.
"""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread

from tutor.errors import WorkspaceError
from tutor.workspace.disk import read_source, sha256_of

STEP_MS = 15  # how often watchfiles asks for events; it passes them on after one or two of these
SETTLE_SECONDS = 0.02  # a file that has not changed for so long is written
EMPTY_SECONDS = 0.15  # an editor that empties a file before it writes is given this long
PATIENCE_SECONDS = 0.5  # a file that never comes to rest is looked at all the same
POLL_SECONDS = 0.25
RETRY_SECONDS = 1.0
STOP_SECONDS = 2.0

Signature = tuple[int, int, int, int]

log = logging.getLogger(__name__)


class Watcher:
    """Calls `on_saved(exercise)` once for every new content of `folder/exercise.py`.

    The call comes from the watcher's thread and holds up the next one, so it should only pass the
    news on. What was there at `start()` is known; so is content that comes back after a deletion.
    """

    def __init__(self, folder: Path, on_saved: Callable[[str], None]) -> None:
        self._folder = folder
        self._on_saved = on_saved
        self._stop = Event()
        self._thread = Thread(target=self._run, name="bp-tutor-watch", daemon=True)
        self._signatures: dict[str, Signature] = {}
        self._contents: dict[str, str] = {}

    def start(self) -> None:
        """Take what is there now as known, and watch from here on."""
        self._signatures = _signatures(self._folder)
        for name, signature in self._signatures.items():
            self._contents[name] = self._content(name, signature)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it, unless the call that it is in waits for us."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not current_thread():
            self._thread.join(STOP_SECONDS)

    # -- the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow_events()
            except (OSError, RuntimeError) as error:
                # No events here: no folder, too many watches, a file system without them.
                log.debug("polling %s: %s", self._folder, error)
                self._poll()

    def _follow_events(self) -> None:
        """Look whenever watchfiles reports something, until its reports cannot be trusted."""
        from watchfiles import watch  # 50 ms that only a watcher should pay

        identity = _identity(self._folder)
        reports = watch(
            self._folder,
            watch_filter=None,
            step=STEP_MS,
            debounce=4 * STEP_MS,
            rust_timeout=int(POLL_SECONDS * 1000),
            yield_on_timeout=True,
            stop_event=self._stop,
            recursive=False,
            raise_interrupt=False,
            force_polling=False,  # we look by ourselves, and sooner
        )
        for number, changes in enumerate(reports):
            found = self._look({_exercise(Path(path).name) for _, path in changes})
            # The first look also finds what was saved before the events began.
            deaf = found and not changes and number > 0
            if deaf or _identity(self._folder) != identity:
                return

    def _poll(self) -> None:
        until = time.monotonic() + RETRY_SECONDS
        while time.monotonic() < until and not self._stop.wait(POLL_SECONDS):
            self._look(set())

    # -- looking --------------------------------------------------------------------------------

    def _look(self, named: set[str]) -> bool:
        """Report every exercise with new content; whether there was any.

        The exercises `named` by an event are read even if they look the same: two saves of the
        same length can fall into one tick of the file system's clock.
        """
        signatures = self._settled()
        changed = [
            name
            for name, signature in signatures.items()
            if name in named or self._signatures.get(name) != signature
        ]
        self._signatures = signatures
        found = False
        for name in changed:
            content = self._content(name, signatures[name])
            if self._contents.get(name) != content and not self._stop.is_set():
                self._contents[name] = content
                self._report(name)
                found = True
        return found

    def _settled(self) -> dict[str, Signature]:
        """The signatures of all exercises, once none of them is being written."""
        began = time.monotonic()
        signatures = _signatures(self._folder)
        while signatures != self._signatures:
            if self._stop.wait(SETTLE_SECONDS):
                break
            before, signatures = signatures, _signatures(self._folder)
            waited = time.monotonic() - began
            patience = EMPTY_SECONDS if self._emptied(signatures) else 0.0
            if waited >= PATIENCE_SECONDS or (signatures == before and waited >= patience):
                break
        return signatures

    def _emptied(self, signatures: dict[str, Signature]) -> bool:
        return any(
            signature[0] == 0 and self._signatures.get(name, signature)[0] != 0
            for name, signature in signatures.items()
        )

    def _content(self, name: str, signature: Signature) -> str:
        try:
            return sha256_of(read_source(self._folder / f"{name}.py"))
        except FileNotFoundError:
            return self._contents.get(name, "")  # deleted: no news
        except WorkspaceError:
            return repr(signature)  # too large or not readable: a check can say so

    def _report(self, name: str) -> None:
        try:
            self._on_saved(name)
        except Exception:  # a bug elsewhere must not end the watch without a word
            log.exception("a save of %s was not handled", name)


def _exercise(file_name: str) -> str:
    """The exercise of a file name; empty for a file that is none.

    A further dot means a new stub beside an edited file (`linear.new.py`) or the backup or lock
    of an editor (`.#linear.py`).
    """
    stem, ending = os.path.splitext(file_name)
    return stem if ending == ".py" and "." not in stem else ""


def _signatures(folder: Path) -> dict[str, Signature]:
    """Size, times and number of every exercise file; what changes when a file is written."""
    signatures = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = _exercise(entry.name)
                try:
                    found = entry.stat() if name else None
                except OSError:
                    continue  # gone since, or a link to nowhere
                if found is not None and stat.S_ISREG(found.st_mode):
                    signatures[name] = (
                        found.st_size,
                        found.st_mtime_ns,
                        found.st_ctime_ns,
                        found.st_ino,
                    )
    except OSError:
        return {}  # no folder, no exercises
    return signatures


def _identity(folder: Path) -> tuple[int, int]:
    """Changes when another folder takes the place of this one; `OSError` when there is none."""
    found = folder.stat()
    return found.st_dev, found.st_ino
