"""What runs behind the screen: the workspace made ready, the watcher, a warm worker."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from tutor.session import Session

if TYPE_CHECKING:
    from tutor.workspace.watch import Watcher

# Modules of the screens that come after the first one; their import is not waited for there.
_SOON = ("tutor.tui.screens.lesson", "tutor.tui.screens.exercise", "tutor.checking.checker")


class Engine:
    """Started in a thread after the first screen stands; stopped when the app ends."""

    def __init__(self, session: Session, on_saved: Callable[[str], None]) -> None:
        self._session = session
        self._on_saved = on_saved
        self._watcher: Watcher | None = None
        self._stopped = False
        self.is_watching = False

    def prepare(self) -> tuple[str, ...]:
        """Make the workspace; what a learner should be told about it."""
        self._session.prepare()
        return self._session.notices

    def start(self) -> None:
        """Watch the workspace and have everything at hand for the first check. May take long."""
        from tutor.workspace.watch import Watcher

        watcher = Watcher(self._session.workspace.exercises_dir, self._on_saved)
        watcher.start()
        self._watcher = watcher
        self.is_watching = True
        if self._stopped:
            watcher.stop()
            return
        for module in _SOON:
            import_module(module)
        if not self._stopped:
            self._session.checker.warm()

    def stop(self) -> None:
        self._stopped = True
        if self._watcher is not None:
            self._watcher.stop()
