"""When a search has to stop: its time is over, or nobody waits for it any more."""

from __future__ import annotations

import time
from collections.abc import Callable


class OutOfTime(Exception):
    """The budget is spent or the search was cancelled. Caught in search.py, never seen outside."""


class Clock:
    """Asked between blocks of work, each of a few milliseconds."""

    def __init__(self, budget_seconds: float, cancelled: Callable[[], bool]) -> None:
        self._ends = time.perf_counter() + budget_seconds
        self._cancelled = cancelled

    def check(self) -> None:
        """Raise OutOfTime if it is time to stop."""
        if time.perf_counter() > self._ends or self._cancelled():
            raise OutOfTime
