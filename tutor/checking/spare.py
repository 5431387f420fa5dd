"""A started, imported, idle worker is always waiting, so that no check waits for Python."""

from __future__ import annotations

import threading

from tutor.checking.process import WorkerProcess


class Spares:
    """Hands out a fresh worker process for each check and keeps one in reserve on request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: WorkerProcess | None = None

    def warm(self) -> None:
        """Start a spare if there is none. Returns at once; the worker warms up by itself."""
        with self._lock:
            if self._spare is not None and self._spare.alive():
                return
            stale, self._spare = self._spare, WorkerProcess()
        if stale is not None:
            stale.close()

    def take(self) -> WorkerProcess:
        """A worker that nobody has used, the spare if it is still alive."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            if spare.alive():
                return spare
            spare.close()
        return WorkerProcess()

    def close(self) -> None:
        """End the spare. Workers that were taken belong to their takers."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.close()


SPARES = Spares()


def start_early() -> None:
    """Start a worker before anything else is imported, so that both warm up side by side."""
    SPARES.warm()
