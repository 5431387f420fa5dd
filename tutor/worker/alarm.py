"""The end of a check's time, as an exception on the learner's own line."""

from __future__ import annotations


class TimeIsUp(BaseException):
    """The check's time ran out inside learner code."""


class Alarm:
    """Turns the timer's signal into `TimeIsUp`, but only inside learner code.

    The signal repeats, so learner code that catches everything is interrupted again.
    """

    def __init__(self) -> None:
        self.armed = False
        self.rung = False

    def ring(self, *_signal: object) -> None:
        self.rung = True
        if self.armed:
            raise TimeIsUp

    def __enter__(self) -> None:
        if self.rung:
            raise TimeIsUp
        self.armed = True

    def __exit__(self, *_exception: object) -> None:
        self.armed = False
