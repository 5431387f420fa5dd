"""The end of a check's time, as an exception on the learner's own line."""

from __future__ import annotations

import os

LAST_RING = 15
EXIT_LATE = 71


class TimeIsUp(BaseException):
    """The check's time ran out inside learner code."""


class Alarm:
    """Turns the timer's signal into `TimeIsUp`, but only inside learner code.

    The signal repeats, so learner code that catches everything is interrupted again. If it goes on
    even so, the process ends; the tutor would have done that by then, unless it is gone itself.
    """

    def __init__(self) -> None:
        self.armed = False
        self._rings = 0

    @property
    def rung(self) -> bool:
        return self._rings > 0

    def ring(self, *_signal: object) -> None:
        self._rings += 1
        if self._rings > LAST_RING:
            os._exit(EXIT_LATE)
        if self.armed:
            raise TimeIsUp

    def __enter__(self) -> None:
        if self.rung:
            raise TimeIsUp
        self.armed = True

    def __exit__(self, *_exception: object) -> None:
        self.armed = False
